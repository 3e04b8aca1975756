import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { Operator } from '../../support/command.js';
import { linesOf, saidIn } from '../../support/log.js';
import { companyExists, signedIn, type Company } from '../../support/members.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
beforeEach(() => clerk.confirms());
afterAll(() => running.stop());

/** What the desk did, as the company's own log has it. */
async function log({ corporation }: Company): Promise<[act: string, facts: object][]> {
  const { rows } = await running.pool.query<{ act: string; facts: object }>(
    `select act, facts - 'browser' - 'system' as facts from audit_entries
     where corporation_id = $1 and facts ? 'operator' order by id`,
    [corporation.id],
  );
  return rows.map(({ act, facts }) => [act, facts]);
}

it('has a row for who of the desk read its page, once an hour', async () => {
  const company = await companyExists(running);
  const { corporation, suzuki } = company;
  const path = `/desk/corporations/${corporation.id}`;
  for (let reading = 0; reading < 3; reading += 1) await clerk.browser.opens(path);
  const read = ['corporation-view', { operator: '中井' }];
  expect(await log(company)).toEqual([read]);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}`);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}?address=192.0.2.1`);
  const readPerson = ['account-view', { operator: '中井', target: suzuki.id }];
  expect(await log(company)).toEqual([read, readPerson]);
  await running.clock.advance('14 minutes');
  for (let turn = 0; turn < 4; turn += 1) {
    await clerk.browser.opens('/desk');
    await running.clock.advance('14 minutes');
  }
  await clerk.browser.opens(path);
  expect(await log(company)).toEqual([read, readPerson, read]);
});

it('has a row with the reason for each act, and none for a page that was only opened', async () => {
  const company = await companyExists(running);
  const { corporation, suzuki } = company;
  const person = await signedIn(running, suzuki);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/end-sessions`);
  await clerk.browser.presses('すべての端末からログアウトさせる');
  expect(clerk.page.errors).toEqual(['理由を入力してください。']);
  expect(await log(company)).toEqual([]);
  await clerk.acts('すべての端末からログアウトさせる');
  await person.opens('/');
  expect(person.page.path).toMatch(/^\/login/);
  await clerk.browser.opens(`/desk/corporations/${corporation.id}/acts/close`);
  await clerk.acts('法人の利用を終了する');
  await clerk.browser.opens(`/desk/corporations/${corporation.id}/acts/open`);
  await clerk.acts('法人の利用を再開する');
  const said = { operator: '中井', why: WHY };
  expect((await log(company)).filter(([act]) => !act.endsWith('-view'))).toEqual([
    ['sessions-ended', { ...said, target: suzuki.id }],
    ['corporation-closing', said],
    ['corporation-opening', said],
  ]);
});

it('tells the company from where nobody of the desk acted, and the desk itself', async () => {
  const company = await companyExists(running);
  const { corporation, sato, suzuki } = company;
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/freeze`);
  await clerk.acts('利用を停止する');
  await clerk.browser.opens(`/desk/corporations/${corporation.id}/acts/close`);
  await clerk.acts('法人の利用を終了する');
  await clerk.browser.opens(`/desk/corporations/${corporation.id}/acts/open`);
  await clerk.acts('法人の利用を再開する');
  const { rows } = await running.pool.query<{ act: string; address: string; number: string }>(
    `select act, host(address) as address, request_id as number from audit_entries
     where corporation_id = $1 and facts ? 'operator' order by id`,
    [corporation.id],
  );
  expect(rows.map(({ act }) => act).filter((act) => !act.endsWith('-view'))).toEqual([
    'account-suspension',
    'corporation-closing',
    'corporation-opening',
  ]);
  const [{ address }] = rows as [(typeof rows)[0]];
  expect(new Set(rows.map((row) => row.address))).toEqual(new Set([address]));
  expect(rows.every(({ number }) => number !== null)).toBe(true);
  const person = await signedIn(running, sato);
  await saidIn(person, { who: '担当窓口' });
  expect(linesOf(person).map(({ who, from }) => [who, from])).toEqual(
    rows.map(() => ['担当窓口', '']),
  );
  expect(await saidIn(person, { address })).toEqual([]);
  for (const format of ['utf-8', 'ndjson']) {
    const { text } = await person.sends('POST', '/log/export', { fields: { format } });
    expect(text).toContain('鈴木 一郎 様の利用を停止しました');
    for (const known of [address, ...rows.map(({ number }) => number)])
      expect(text).not.toContain(known);
  }
  await clerk.browser.opens(`/desk/corporations/${corporation.id}`);
  expect(linesOf(clerk.browser).find(({ what }) => what.includes('利用を停止'))).toMatchObject({
    who: '担当窓口（中井）',
    from: expect.stringContaining(address),
  });
});

it('has one row for pages that were opened at once', async () => {
  const company = await companyExists(running);
  const path = `/desk/accounts/${company.suzuki.id}`;
  await Promise.all(Array.from({ length: 8 }, () => clerk.browser.sends('GET', path)));
  expect(await log(company)).toHaveLength(1);
});

it('sends at most five mails an hour, to the mailbox that is stored', async () => {
  const { suzuki } = await companyExists(running);
  const sendsRecovery = async () => {
    await clerk.confirms();
    await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/send-recovery`);
    await clerk.acts('再登録のメールを送る');
  };
  for (let mail = 0; mail < 5; mail += 1) {
    await sendsRecovery();
    expect((await running.mailbox.mailTo(suzuki.email)).subject).toContain('再登録');
    await running.clock.advance('3 minutes');
  }
  await sendsRecovery();
  expect(clerk.page.errors[0]).toContain('1時間に5通まで');
  await running.mailbox.nothingFor(suzuki.email);
});

it('says when a mail went instead of sending it twice', async () => {
  const { suzuki } = await companyExists(running);
  for (const _ of [1, 2]) {
    await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/send-recovery`);
    await clerk.acts('再登録のメールを送る');
  }
  expect(clerk.page.errors[0]).toMatch(/同じメールを.*\d+時\d+分にお送りしている/);
  await running.mailbox.mailTo(suzuki.email);
  await running.mailbox.nothingFor(suzuki.email);
});

it('knows no act and nobody who does not exist', async () => {
  const { corporation, suzuki } = await companyExists(running);
  const absent = '00000000-0000-4000-8000-00000000000a';
  for (const path of [
    `accounts/${absent}`,
    `corporations/${absent}`,
    `accounts/${corporation.id}`,
    `corporations/${suzuki.id}`,
    `accounts/${suzuki.id}/acts/erase`,
    `accounts/${suzuki.id}/acts/constructor`,
    `corporations/${corporation.id}/acts/constructor`,
  ]) {
    await clerk.browser.opens(`/desk/${path}`);
    expect([path, clerk.page.status]).toEqual([path, 404]);
  }
});

it('lists the people of this company alone', async () => {
  const company = await companyExists(running);
  const other = await companyExists(running);
  await clerk.browser.opens(
    `/desk/corporations/${company.corporation.id}?q=${other.suzuki.loginId}`,
  );
  expect(clerk.page.text).toContain('当てはまる方はいません。');
  expect(clerk.page.html).not.toContain(other.suzuki.id);
  await clerk.browser.opens(`/desk/corporations/${company.corporation.id}?q=一郎`);
  expect(clerk.page.html).toContain(company.suzuki.id);
});

it('is told on a terminal, too', async () => {
  const { suzuki } = await companyExists(running);
  const operator = new Operator(running);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/freeze`);
  await clerk.acts('利用を停止する');
  const { out } = await operator.typesWith(
    { LANG: 'ja_JP.UTF-8' },
    'account',
    'show',
    suzuki.loginId,
  );
  expect(out).toContain('アカウントの状態  ここが原因です  担当窓口（');
  expect(out).toContain('次の一手  利用を再開する  genkan account release');
});
