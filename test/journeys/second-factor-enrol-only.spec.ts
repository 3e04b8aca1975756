import { startApp, type RunningApp } from '../support/app.js';
import { listExists } from '../support/ip-lists.js';
import {
  beginsRemoval,
  enrolmentLink,
  entersEnrolment,
  smallCompany,
  type SmallCompany,
} from '../support/lost-factor.js';

let running: RunningApp;
let company: SmallCompany;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  company = await smallCompany(running);
});
afterEach(() => running.clock.reset());

it('opens nothing to a session that can only enrol but the set-up', async () => {
  const { sato, suzuki } = company;
  await beginsRemoval(running, company);
  const link = await enrolmentLink(running, sato);
  const person = await entersEnrolment(running, link, sato);
  for (const path of [
    '/',
    '/accounts',
    '/me',
    '/me/password',
    '/me/sessions',
    '/ip-restriction',
    '/me/second-factor/recovery-codes',
  ]) {
    await person.opens(path);
    expect([path, person.page.h1]).toEqual([path, '認証アプリの設定']);
  }
  const posts: Record<string, Record<string, string>> = {
    [`/accounts/${suzuki.id}`]: { act: 'end-sessions' },
    '/me/second-factor/removal': {},
    '/me/second-factor/exchange': { act: 'begin' },
    '/me/second-factor/recovery-codes/renewal': { sheet: 'x' },
    '/me/second-factor/passkeys': { name: 'x', passkey: '{}' },
    '/lost-factor/running': { removalId: suzuki.id },
  };
  for (const [path, fields] of Object.entries(posts)) {
    const { headers } = await person.sends('POST', path, { fields });
    expect([path, headers.location]).toEqual([path, '/me/second-factor']);
  }
  const hidden = await person.sends('POST', '/me/second-factor/recovery-codes');
  expect(hidden.status).toBe(403);
  await running.clock.advance('31 minutes');
  await person.opens('/me/second-factor/totp');
  expect(person.page.path).toContain('/login');
});

it('opens no emergency lane to a session that can only enrol, where the address is refused', async () => {
  const { sato, corporation } = company;
  await beginsRemoval(running, company);
  const person = await entersEnrolment(running, await enrolmentLink(running, sato), sato);
  await listExists(running, corporation, ['10.0.0.0/16']);
  person.movesTo('203.0.113.9');
  await person.opens('/');
  expect(person.page.h1).toBe('アクセス制限エラー');
  for (const act of ['ticket', 'end', 'request']) {
    const fields = { act, password: sato.password, ticket: 'ABCD-EFGH-JKLM', version: 'x' };
    const { status, headers } = await person.sends('POST', '/ip-restriction/access', { fields });
    expect([act, status, headers.location]).toEqual([act, 303, '/']);
  }
});
