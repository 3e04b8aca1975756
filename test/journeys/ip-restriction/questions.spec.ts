import { startApp, type RunningApp } from '../../support/app.js';
import { Visitor } from '../../support/browser.js';
import { freePort } from '../../support/free-port.js';
import { listExists } from '../../support/ip-lists.js';
import type { Corporation, Member } from '../../support/people.js';
import { proxyKinds, ReverseProxy } from '../../support/proxy.js';
import { withoutIds } from '../../support/recovery.js';
import { signsIn } from '../../support/registration.js';

const PROXY = '127.0.0.9';
const OFFICE = '127.0.1.7';
const HOME = '127.0.2.9';

let running: RunningApp;
let proxy: ReverseProxy | undefined;
let port: number;
let sakura: Corporation;
let sato: Member;
let suzuki: Member;
beforeAll(async () => {
  port = await freePort();
  running = await startApp({ publicUrl: `http://localhost:${port}`, trustProxy: [`${PROXY}/32`] });
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  const corporation = sakura;
  const given = { corporation, loginId: 'sato', name: '佐藤 花子' };
  sato = await running.people.administratorExists(given);
  suzuki = await running.people.staffExists({ corporation, loginId: 'suzuki', name: '鈴木 次郎' });
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
});
afterAll(() => running.stop());

async function startProxy(kind = proxyKinds[0]!): Promise<void> {
  const target = `http://127.0.0.1:${running.config.port}`;
  proxy = await ReverseProxy.start({ port, target, address: PROXY, kind });
}

/** @param forged what the person's browser claims in X-Forwarded-For */
async function visits(member: Member, from: string, forged?: string): Promise<Visitor> {
  const person = new Visitor(running.url, { from, ...(forged && { address: forged }) });
  await signsIn(person, member);
  return person;
}

describe.each(proxyKinds)('Q: IPアドレス制限によりログインできない。 (behind %s)', (kind) => {
  beforeEach(async () => {
    await listExists(running, sakura, ['127.0.1.0/24']);
    await startProxy(kind);
  });

  it('staff are told to ask their administrators, and administrators the desk', async () => {
    expect((await visits(suzuki, OFFICE)).page.h1).toBe('TOPページ');
    const { page: staff, posted } = await visits(suzuki, HOME);
    expect([staff.status, staff.h1]).toEqual([403, 'アクセス制限エラー']);
    expect(staff.text).toContain('お客様がアクセスしているIPアドレスではログインできません。');
    expect(staff.text).toContain('管理者権限を所持する方にお問い合わせください。');
    expect(staff.facts).toMatchObject({
      今お使いのIPアドレス: HOME,
      リクエスト番号: posted!.headers['x-request-id'],
    });
    expect(staff.link('ログインに関する不明点はこちら').getAttribute('href')).toBe(
      '/help/ip-restriction',
    );
    const administrator = (await visits(sato, HOME)).page;
    expect(administrator.text).toContain('対応については担当窓口にお問い合わせください。');
    expect(administrator.text).toContain(running.config.deskPhone);
    expect(administrator.facts).toMatchObject({ 今お使いのIPアドレス: HOME });
  });

  it.each([OFFICE, `${OFFICE}, ${OFFICE}`, `::ffff:${OFFICE}`, `${OFFICE}, ${PROXY}`, '', 'x'])(
    'nobody gets in by claiming to be in the office: %j',
    async (forged) => {
      const { page } = await visits(suzuki, HOME, forged);
      expect(page.facts).toMatchObject({ 今お使いのIPアドレス: HOME });
      const person = await visits(suzuki, OFFICE, HOME);
      expect(person.page.h1).toBe('TOPページ');
    },
  );
});

describe('Q: アクセス制限でログインできない原因。', () => {
  beforeEach(() => startProxy());

  it.each([
    ['IPアドレスを間違えて登録してしまった。', '127.0.11.0/24'],
    ['IPアドレスの切り替えが行われた。', '127.0.12.0/24'],
    ['個人のインターネット環境のIPアドレスを登録してしまった。', '127.0.2.77/32'],
  ])('%s', async (cause, network) => {
    await listExists(running, sakura, [network]);
    const person = await visits(sato, OFFICE);
    expect(person.page.h1).toBe('アクセス制限エラー');
    await person.follows('ログインに関する不明点はこちら');
    expect(person.page.text).toContain(cause);
    expect(person.page.facts).toMatchObject({ 今お使いのIPアドレス: OFFICE });
  });

  it('the proxy is unknown to the configuration, so everybody seems to come from it', async () => {
    await listExists(running, sakura, ['127.0.1.0/24']);
    await running.restart({ trustProxy: [] });
    const { page } = await visits(suzuki, OFFICE, OFFICE);
    expect(page.facts).toMatchObject({ 今お使いのIPアドレス: PROXY });
    await running.restart({ trustProxy: [`${PROXY}/32`] });
  });
});

it('before the right password the restriction says nothing: byte for byte', async () => {
  await startProxy();
  await listExists(running, sakura, ['127.0.1.0/24']);
  const tries = [
    { loginId: 'suzuki', from: HOME },
    { loginId: 'suzuki', from: OFFICE },
    { loginId: 'nobody', from: HOME },
    { loginId: 'nobody', from: OFFICE },
  ];
  const answers: object[] = [];
  for (const { loginId, from } of tries) {
    const person = new Visitor(running.url, { from });
    const fields = { loginId, password: 'wrong-2026-word', next: '/' };
    for (const [method, path] of [
      ['POST', '/login'],
      ['GET', '/login'],
      ['GET', '/ip-restriction/access'],
      ['GET', '/ip-restriction'],
    ] as const) {
      const sent = method === 'POST' ? { fields } : {};
      const { status, headers, text } = await person.sends(method, path, sent);
      const { date: _, 'x-request-id': __, 'content-length': ___, ...rest } = headers;
      const masked = withoutIds(text).replaceAll(loginId, '…');
      answers.push({ path, method, status, headers: rest, masked, cookies: person.jar.header });
    }
  }
  const of = (place: number) => answers.slice(place * 4, place * 4 + 4);
  for (const place of [1, 2, 3]) expect(of(place)).toEqual(of(0));
  const right = await visits(suzuki, HOME);
  expect(right.page.status).toBe(403);
});
