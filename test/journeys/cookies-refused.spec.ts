import { startApp, type RunningApp } from '../support/app.js';
import { invitationTo, invited, invites, office } from '../support/invitation.js';
import { asks, linkTo } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import { entersNumbers } from '../support/succession.js';

const TOLD = 'このブラウザーではCookieが使えないため';

let running: RunningApp;
let sato: Awaited<ReturnType<typeof office>>;
beforeAll(async () => {
  running = await startApp();
  sato = await office(running);
});
afterAll(() => running.stop());

const refusing = () => running.visitor({ cookies: 'refused' });

describe('a browser that keeps no cookies is told so', () => {
  it('after signing in, and a wrong password is answered as ever', async () => {
    const visitor = refusing();
    await signsIn(visitor, sato.sato);
    expect([visitor.page.status, visitor.page.text]).toEqual([400, expect.stringContaining(TOLD)]);
    await visitor.opens('/login');
    await visitor.submits({ loginId: 'nobody-at-all', password: 'wrong-password-1' });
    expect(visitor.page.status).toBe(422);
    expect(visitor.page.text).not.toContain(TOLD);
  });

  it('after asking for a recovery, whose mail is sent, and behind its link', async () => {
    const email = sato.sato.email;
    const visitor = refusing();
    await asks(visitor, email);
    expect(visitor.page.text).toContain(TOLD);
    expect(visitor.page.text).not.toContain('30分');
    await visitor.opens(await linkTo(running, email));
    expect(visitor.page.text).toContain(TOLD);
  });

  it('behind the link of an invitation, which works once cookies are allowed', async () => {
    await invites(sato.person, invited('cookies@sakura.example'));
    const link = await invitationTo(running, 'cookies@sakura.example');
    expect((await refusing().opens(link)).text).toContain(TOLD);
    expect((await running.visitor({ cookies: 'none' }).opens(link)).h1).toBe('アカウントの登録');
  });

  it('in the first step of a registration', async () => {
    const visitor = refusing();
    await entersNumbers(visitor, sato.corporation);
    expect(visitor.page.text).toContain(TOLD);
  });
});

it('a browser on its first visit is led on to the plain URL', async () => {
  const visitor = running.visitor({ cookies: 'none' });
  await visitor.opens('/login?next=%2Fhelp');
  await signsIn(visitor, sato.sato);
  expect(visitor.page.status).toBe(200);
  expect(visitor.page.url.search).toBe('');
  await visitor.opens('/me');
  expect(visitor.page.path).toBe('/me');
});

it.each(['/.//evil.example/x', '/x/..//evil.example', '/a/%2e%2e//evil.example'])(
  'a browser without cookies is led to no other site by %s',
  async (next) => {
    const { loginId, password } = sato.sato;
    for (const [path, fields] of [
      ['/login', { loginId, password, next }],
      [`/language?next=${encodeURIComponent(next)}`, { language: 'en' }],
    ] as const) {
      const visitor = running.visitor({ cookies: 'none' });
      const { status, headers } = await visitor.sends('POST', path, { fields });
      expect([status, headers.location]).toEqual([303, '/?cookies=set']);
    }
  },
);

it('the mark alone says nothing about a page, and leads nowhere else', async () => {
  const answers = await Promise.all(
    ['/accounts', '/no-such-page', '/activation', '/'].map(async (path) => {
      const { status, text } = await running
        .visitor({ cookies: 'none' })
        .sends('GET', `${path}?cookies=set`);
      return [status, /<main[^]*<\/main>/.exec(text)?.[0]];
    }),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const away = await running.visitor().sends('GET', `${running.url}//evil.example/?cookies=set`);
  expect(away.headers.location).toBe('/');
  const plain = await running.visitor().sends('GET', '/login?next=%2Fhelp&cookies=set');
  expect(plain.headers.location).toBe('/login?next=%2Fhelp');
});
