import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  draftRows,
  drafts,
  getsIn,
  newCompany,
  OFFICE,
  signedIn,
  startsTrial,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

/** Posts one row of the form, as a browser does. */
async function adds(person: Visitor, row: Record<string, string>): Promise<void> {
  await person.opens('/ip-restriction/draft');
  const first = person.page.root.querySelector('fieldset');
  for (const [field, value] of Object.entries(row)) {
    const label = `[name="entries[0][${field}]"]`;
    first!.querySelector(label)!.setAttribute('value', value);
  }
  await person.presses('下書きに追加');
}

it('an address that is in the draft already is said to be there', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社');
  expect(person.page.text).not.toContain('すでに下書きに');
  await drafts(person, '198.51.100.0/24,本社');
  expect(person.page.text).toContain('198.51.100.0/24（本社）は、すでに下書きにあります。');
  await drafts(person, '198.51.100.0/24,支社', '192.0.2.0/24,倉庫');
  const updated = '198.51.100.0/24（本社）はすでに下書きにあったため、メモと終了日を更新しました。';
  expect(person.page.text).toContain(updated);
  expect(draftRows(person).map(([, network, label]) => [network, label])).toEqual([
    ['192.0.2.0/24', '倉庫'],
    ['198.51.100.0/24', '支社'],
  ]);
});

it('a row has a network, a label and a last day; what is wrong is said at its field and kept', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await adds(person, {
    network: '１９８．５１．１００．０／２４',
    label: '本社',
    endsAt: '2026-11-30',
  });
  expect(draftRows(person)[0]!.slice(1, 4)).toEqual([
    '198.51.100.0/24',
    '本社',
    '2026年11月30日(月)まで',
  ]);
  await adds(person, { network: ' １９８．51.100.300', label: '', endsAt: '2026-11-21' });
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toHaveLength(3);
  expect(person.page.errors.join()).toMatch(/198\.51\.100\.300.*メモ.*2026-11-21.*過ぎています/);
  expect(person.page.html).toContain('value="198.51.100.300"');
});

it('host bits are offered as their network, and one press takes it', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await adds(person, { network: '192.0.2.5/24', label: '支店' });
  expect(person.page.errors[0]).toContain('192.0.2.0/24 ではありませんか');
  await person.presses('192.0.2.0/24 を追加');
  expect(draftRows(person).map(([, network]) => network)).toEqual(['192.0.2.0/24']);
});

it('label and end of an entry are changed, entries are removed, the draft is discarded', async () => {
  const { sato, corporation } = await newCompany(running);
  await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24']);
  const person = await signedIn(running, sato);
  await person.opens('/ip-restriction/draft');
  await person.follows('変更', '192.0.2.0/24');
  person.fills('メモ', '大阪支店');
  await person.presses('変更を下書きに保存');
  expect(draftRows(person).map(([, , label]) => label)).toEqual(['大阪支店', '本社']);
  person.checks('192.0.2.0/24（大阪支店）を選択');
  await person.presses('選んだ行を削除');
  await person.opens('/ip-restriction/draft/check');
  expect(person.page.text).toMatch(/削除\s*192\.0\.2\.0\/24 本社/);
  await person.opens('/ip-restriction/draft');
  await person.presses('選んだ行を削除');
  expect(person.page.errors).toEqual(['削除する行を選んでください。']);
  await person.presses('下書きを破棄');
  expect(person.page.notice).toBe('下書きを破棄しました。');
  await person.opens('/ip-restriction/draft');
  expect(draftRows(person)).toHaveLength(2);
});

it('a changed end date alone is a change that can be applied', async () => {
  const { sato, corporation } = await newCompany(running);
  const endsAt = new Date('2026-12-01T00:00:00+09:00');
  await listExists(running, corporation, [{ network: '198.51.100.0/24', endsAt }]);
  const person = await signedIn(running, sato);
  await person.opens('/ip-restriction/draft');
  await person.follows('変更', '198.51.100.0/24');
  person.fills('終了日', '2026-12-31');
  await person.presses('変更を下書きに保存');
  await person.opens('/ip-restriction/trial');
  expect(person.page.text).toContain('追加0件、変更1件、削除0件');
  await person.presses('試行せずに反映する');
  expect(person.page.notice).toContain('反映しました');
});

it('pasted lines are read together, what covers others stays, each wrong line is named', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, 'アドレス,CIDR,メモ', '198.51.100.0,24,本社', '198.51.100.7,32,受付');
  expect(draftRows(person).map(([, network]) => network)).toEqual(['198.51.100.0/24']);
  expect(person.page.text).toContain('198.51.100.7/32（受付）は 198.51.100.0/24（本社）に含まれる');
  await drafts(person, '192.0.2.0/24,支店', 'banana,支店', '0.0.0.0/0,全部');
  expect(person.page.status).toBe(422);
  expect(person.page.errors.map((error) => error.slice(0, 4))).toEqual(['2行目：', '3行目：']);
  expect(person.page.field('貼り付ける行').textContent.replaceAll('\r', '')).toBe(
    '192.0.2.0/24,支店\nbanana,支店\n0.0.0.0/0,全部',
  );
  expect(draftRows(person)).toHaveLength(1);
});

it('500 entries fit, page by page, and one more does not', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, ...fiveHundredLines());
  expect(person.page.text).toContain('全500件中 1〜100件');
  await person.follows('次へ');
  expect(person.page.text).toContain('全500件中 101〜200件');
  await drafts(person, '192.0.2.0/24,支店');
  expect(person.page.status).toBe(422);
  expect(person.page.errors[0]).toContain('500件まで');
  await person.opens('/ip-restriction/draft');
  await person.presses(`${OFFICE}/32 を追加`);
  expect(person.page.status).toBe(422);
  person.checks('10.0.0.0/24（支店0）を選択');
  await person.presses('選んだ行を削除');
  await person.presses(`${OFFICE}/32 を追加`);
  await startsTrial(person);
  expect(person.page.h1).toBe('IPアドレス制限の試行中');
  expect(await getsIn(person)).toBe(true);
});

it('of two administrators who edit at once, the second sees the first one and keeps what was typed', async () => {
  const { sato, tanaka } = await newCompany(running);
  const [first, second] = [await signedIn(running, sato), await signedIn(running, tanaka, BRANCH)];
  await second.opens('/ip-restriction/draft');
  second.fills('貼り付ける行', '192.0.2.0/24,支店');
  await drafts(first, '198.51.100.0/24,本社');
  await second.presses('貼り付けた行を追加');
  expect(second.page.status).toBe(409);
  expect(second.page.errors[0]).toContain('ほかの管理者の方が編集しました');
  expect(second.page.field('貼り付ける行').textContent).toBe('192.0.2.0/24,支店');
  expect(draftRows(second)).toHaveLength(1);
  await second.presses('貼り付けた行を追加');
  expect(draftRows(second)).toHaveLength(2);
  await first.opens('/ip-restriction/trial');
  await drafts(second, '203.0.113.0/24,倉庫');
  await first.presses('試行を始める');
  expect(first.page.status).toBe(409);
});

function fiveHundredLines(): string[] {
  return Array.from({ length: 500 }, (_, n) => `10.${n >> 7}.${(n & 127) * 2}.0/24,支店${n}`);
}
