import { adds, allAreUnplugged, seated } from './passkey-seat.js';
import { Stage } from './stage.js';

const stage = Stage.forThisFile();
afterEach(allAreUnplugged);

it('a passkey is offered in the list of the field, and nothing is asked by itself', async () => {
  const seat = await seated(stage, { offers: true });
  await adds(seat, '鍵');
  const asked: unknown[] = [];
  await seat.page.exposeFunction('noteMediation', (mediation: unknown) => asked.push(mediation));
  await seat.page.addInitScript(() => {
    const { credentials } = navigator;
    const get = credentials.get.bind(credentials);
    credentials.get = (options) => {
      const { noteMediation } = window as unknown as { noteMediation: (said: unknown) => void };
      noteMediation(options?.mediation ?? 'by a dialogue');
      return get(options);
    };
  });
  await seat.page.context().clearCookies({ name: 'session' });
  await seat.page.goto('/login?next=%2Fme');
  await seat.person.fills('ID', seat.member.loginId);
  await seat.person.fills('パスワード', seat.member.password);
  await seat.person.presses('ログイン');
  await seat.page.waitForURL((url) => url.pathname === '/me');
  expect(asked).toEqual(['conditional']);
});
