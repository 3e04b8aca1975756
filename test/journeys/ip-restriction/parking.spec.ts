import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import type { Corporation, Member } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';

const OFFICE = '198.51.100.7';
const HOME = '203.0.113.9';

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const corporation = sakura;
  sato = await running.people.administratorExists({
    corporation,
    loginId: 'sato',
    name: '佐藤 花子',
  });
  suzuki = await running.people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 次郎' });
  await listExists(running, sakura, ['198.51.100.0/24', '2001:db8:1:2::/64']);
});
afterAll(() => running.stop());

async function atTheOffice(member: Member): Promise<Visitor> {
  const person = running.visitor({ address: OFFICE });
  await signsIn(person, member);
  expect(person.page.h1).toBe('TOPページ');
  return person;
}

it('who leaves the networks reads why, and goes on where they come back', async () => {
  const person = await atTheOffice(suzuki);
  person.movesTo(HOME);
  await person.reloads();
  expect(person.page.status).toBe(403);
  expect(person.page.h1).toBe('アクセス制限エラー');
  expect(person.page.facts).toMatchObject({ 今お使いのIPアドレス: HOME });
  expect(person.page.headers['cache-control']).toBe('no-store');
  person.movesTo('2001:db8:1:2:3::4');
  await person.opens('/');
  expect(person.page.h1).toBe('TOPページ');
  person.movesTo('::ffff:198.51.100.200');
  expect((await person.sends('GET', '/')).status).toBe(200);
});

it('a fragment and a form are refused like a page', async () => {
  const person = await atTheOffice(sato);
  person.movesTo(HOME);
  const headers = { 'hx-request': 'true', 'hx-request-type': 'partial' };
  for (const answer of [
    await person.sends('GET', '/', { headers }),
    await person.sends('POST', '/ip-restriction/draft', { headers, fields: { act: 'add-own' } }),
  ]) {
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('アクセス制限エラー');
    expect(answer.text).not.toContain('<html');
  }
});

it('public pages and the sign-out stay open to a parked session', async () => {
  const person = await atTheOffice(sato);
  person.movesTo(HOME);
  for (const path of ['/help', '/password-reset', '/initiate'])
    expect([path, (await person.sends('GET', path)).status]).toEqual([path, 200]);
  await person.opens('/help');
  await person.presses('ログアウト');
  expect(person.page.path).toBe('/login');
  person.movesTo(OFFICE);
  expect((await person.sends('GET', '/')).status).toBe(303);
});

it('the right password from elsewhere opens nothing and says why, by role', async () => {
  const sentences = { sato: '担当窓口にお問い合わせください', suzuki: '管理者権限を所持する方に' };
  for (const member of [sato, suzuki]) {
    const person = running.visitor({ address: HOME });
    await signsIn(person, member);
    expect(person.page.status).toBe(403);
    expect(person.page.h1).toBe('アクセス制限エラー');
    expect(person.page.text).toContain(sentences[member.loginId as keyof typeof sentences]);
    expect([person.jar.cookies.has('session'), person.jar.cookies.has('device')]).toEqual([
      false,
      false,
    ]);
    const { rows } = await running.pool.query(
      `select reason, host(address) as address from audit_entries where account_id = $1 order by id desc limit 1`,
      [member.id],
    );
    expect(rows).toEqual([{ reason: 'address-refused', address: HOME }]);
  }
});

it('a wrong password from elsewhere is answered as from the office, and as for nobody', async () => {
  const answers = [];
  for (const [loginId, address] of [
    ['sato', HOME],
    ['sato', OFFICE],
    ['nobody', HOME],
  ] as const) {
    const person = running.visitor({ address });
    const fields = { loginId, password: 'wrong-2026-word', next: '/' };
    const { status, text, headers } = await person.sends('POST', '/login', { fields });
    const { date: _, 'x-request-id': __, ...rest } = headers;
    const masked = text
      .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '…')
      .replaceAll(loginId, '…');
    answers.push({ status, text: masked, headers: { ...rest, 'content-length': undefined } });
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toEqual(answers[2]);
});

it('another company is as free as before', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '7654321',
    name: '株式会社もみじ',
  });
  const tanaka = await running.people.administratorExists({
    corporation,
    loginId: 'tanaka',
    name: '田中 一郎',
  });
  const person = running.visitor({ address: HOME });
  await signsIn(person, tanaka);
  expect(person.page.h1).toBe('TOPページ');
});
