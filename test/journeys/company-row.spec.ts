import { startApp, type RunningApp } from '../support/app.js';
import { holdsUp } from '../support/held-company.js';
import { acceptance, invitationTo, invited, invites, office } from '../support/invitation.js';

const POOL = 5;
/** Of one company, whoever they are. */
const WITH_CONNECTION = 2;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ databasePool: POOL });
});
afterAll(() => running.stop());

it('readers of mails who wait for their company leave connections to all others', async () => {
  const { corporation, person } = await office(running);
  const { sato: other } = await office(running);
  const links: string[] = [];
  for (let one = 0; one < 2 * POOL; one += 1) {
    const email = `newcomer-${one}@sakura.example`;
    await invites(person, invited(email));
    links.push(await invitationTo(running, email));
  }
  const held = await holdsUp(running, corporation);
  const posts = links.map((link, one) =>
    running.visitor().sends('POST', new URL(link).pathname, acceptance(`newcomer-${one}`)),
  );
  await held.isWaitedFor(WITH_CONNECTION);
  const { loginId, password } = other;
  for (let time = 0; time < 3; time += 1) {
    const signsIn = running.visitor().sends('POST', '/login', { fields: { loginId, password } });
    expect((await signsIn).status).toBe(303);
  }
  expect(await held.waiting()).toBe(WITH_CONNECTION);
  await held.letsGo();
  const answers = await Promise.all(posts);
  expect(answers.map(({ status }) => status)).toEqual(links.map(() => 303));
});
