import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { saidIn } from '../support/log.js';
import { companyExists, signedIn, type Company } from '../support/members.js';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
beforeEach(async () => {
  await running.clock.reset();
  company = await companyExists(running);
});
afterAll(() => running.stop());

const exported = (person: Visitor, format: string, filter: Record<string, string> = {}) =>
  person.sends('POST', '/log/export', { fields: { format, ...filter } });

it('is a CSV file in UTF-8 with the words of the page', async () => {
  const person = await signedIn(running, company.sato);
  const { status, headers, text } = await exported(person, 'utf-8');
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(headers['content-disposition']).toBe('attachment; filename="log.csv"');
  const lines = text.split('\r\n');
  expect(lines[0]).toBe(
    '\uFEFF"日時","だれが","ログインID","何を","補足","結果","結果の理由","接続元","端末","リクエスト番号"',
  );
  expect(lines.at(-2)).toMatch(
    /^"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d","佐藤 花子 様","sato-\d+","ログインしました","","完了","",/,
  );
});

it('is itself in the log, and begins with that', async () => {
  const person = await signedIn(running, company.sato);
  const { text } = await exported(person, 'ndjson');
  const entries = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(entries[0]).toMatchObject({
    who: '佐藤 花子 様',
    what: '操作の記録をダウンロードしました',
    details: ['NDJSON'],
    outcome: 'done',
    act: 'log-export',
    reason: 'done',
  });
  expect(entries).toHaveLength(2);
  expect(await saidIn(person, { what: 'files' })).toEqual([
    '操作の記録をダウンロードしました NDJSON',
  ]);
});

it('lists at the end of a file in Shift_JIS what could not be written', async () => {
  const { corporation, sato } = company;
  const name = '𠮷田 髙志 𠮷';
  await running.people.staffExists({ corporation, loginId: `yoshida-${sato.loginId}`, name });
  const person = await signedIn(running, sato);
  await person.opens('/accounts');
  await person.follows(name);
  person.fills('部署', '経理部');
  await person.presses('変更を保存する');
  const answer = await fetch(`${running.url}/log/export`, {
    method: 'POST',
    body: new URLSearchParams({ format: 'shift_jis' }),
    headers: { origin: running.url, cookie: person.jar.header! },
  });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=shift_jis');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const lines = iconv.decode(bytes, 'cp932').split('\r\n');
  expect(lines[0]).toMatch(/^"日時",/);
  expect(lines[2]).toContain('〓田 髙志 〓 様の登録内容を変更しました');
  expect(lines.slice(-4)).toEqual([
    '',
    '"Shift_JISにないため〓で書いた文字","最初の行","文字数"',
    '"U+20BB7","3","2"',
    '',
  ]);
});

it('keeps to the filter, and leads back with one that cannot be understood', async () => {
  const person = await signedIn(running, company.sato);
  const { text } = await exported(person, 'ndjson', { what: 'sign-in' });
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  const { status, headers } = await exported(person, 'utf-8', { since: 'x' });
  expect([status, headers.location]).toEqual([303, '/log?since=x']);
});

it('asks for the password when it was given long ago', async () => {
  const person = await signedIn(running, company.sato);
  await running.clock.advance('6 minutes');
  expect((await exported(person, 'utf-8')).status).toBe(403);
  expect((await person.sends('GET', '/log/export?what=ip')).headers.location).toBe('/log?what=ip');
});

it('has every row once, over pieces and months', async () => {
  const { corporation, sato } = company;
  await running.pool.query(
    `insert into audit_entries (corporation_id, act, reason, request_id, at, address)
     select $1, 'witness-statement', 'done', n, timestamptz '2026-08-31T23:50:00Z' + n / 3 * interval '1 second',
       '192.0.2.9'
     from generate_series(1, 1700) n`,
    [corporation.id],
  );
  const person = await signedIn(running, sato);
  for (const filter of [
    { address: '192.0.2.9' },
    { address: '192.0.2.9', what: 'administrators' },
  ]) {
    const { text } = await exported(person, 'ndjson', filter as Record<string, string>);
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
    expect([ids.length, new Set(ids).size]).toEqual([1_700, 1_700]);
  }
});
