import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import { draftRows, newCompany, signedIn } from '../../support/ip-restriction.js';

const WRONG = '192.0.2.0/24';
const HEADING = `${WRONG}（本社）の変更`;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

/** An administrator who opened the line with the wrong network. */
async function changes(): Promise<Visitor> {
  const { sato, corporation } = await newCompany(running);
  const endsAt = new Date('2026-12-01T00:00:00+09:00');
  await listExists(running, corporation, ['198.51.100.0/24', { network: WRONG, endsAt }]);
  const person = await signedIn(running, sato);
  await person.opens('/ip-restriction/draft');
  await person.follows('変更', WRONG);
  expect(person.page.text).toContain(HEADING);
  expect(person.page.text).toContain('元のアドレスは下書きから外れます。');
  return person;
}

const lines = (person: Visitor) => draftRows(person).map((cells) => cells.slice(1, 4));
const OFFICE_LINE = ['198.51.100.0/24', '本社', 'なし'];

it.each(['変更を下書きに保存', '確認へ進む'])(
  'another network takes the place of the wrong one by 「%s」, with its label and end',
  async (button) => {
    const person = await changes();
    person.fills('IPアドレス', '192.0.3.0/24');
    await person.presses(button);
    const said = `${WRONG}（本社）を 192.0.3.0/24 に変更しました。元のアドレスは下書きにありません。`;
    expect(person.page.text).toContain(said);
    await person.opens('/ip-restriction/draft');
    const corrected = ['192.0.3.0/24', '本社', '2026年11月30日(月)まで'];
    expect(lines(person)).toEqual([corrected, OFFICE_LINE]);
  },
);

it.each(['変更を下書きに保存', '確認へ進む'])(
  'a network of another line is said to stand there by 「%s」, and both lines stay',
  async (button) => {
    const person = await changes();
    person.fills('IPアドレス', '198.51.100.0/24');
    person.fills('メモ', '大阪支店');
    await person.presses(button);
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toHaveLength(1);
    expect(person.page.errors[0]).toContain(
      '198.51.100.0/24 は、下書きの2件目の 198.51.100.0/24（本社）にすでに含まれています。',
    );
    expect(person.page.text).toContain(HEADING);
    expect(person.page.field('メモ').getAttribute('value')).toBe('大阪支店');
    expect(lines(person)).toHaveLength(2);
  },
);

it('a part of another line is told the same, unless it lasts longer there', async () => {
  const person = await changes();
  person.fills('IPアドレス', '198.51.100.8/29');
  await person.presses('変更を下書きに保存');
  expect(person.page.errors[0]).toContain(
    '198.51.100.8/29 は、下書きの2件目の 198.51.100.0/24（本社）にすでに含まれています。',
  );
  expect(lines(person)).toHaveLength(2);
  await person.opens('/ip-restriction/draft');
  await person.follows('変更', '198.51.100.0/24');
  person.fills('IPアドレス', '192.0.2.128/25');
  await person.presses('変更を下書きに保存');
  expect(person.page.text).toContain('を 192.0.2.128/25 に変更しました。');
  expect(lines(person).map(([network]) => network)).toEqual([WRONG, '192.0.2.128/25']);
});

it('a wider network takes other lines in, and says so', async () => {
  const person = await changes();
  person.fills('IPアドレス', '198.51.0.0/16');
  person.fills('終了日', '');
  await person.presses('変更を下書きに保存');
  expect(person.page.text).toContain(
    '198.51.100.0/24（本社）は 198.51.0.0/16（本社）に含まれるため',
  );
  expect(lines(person)).toEqual([['198.51.0.0/16', '本社', 'なし']]);
});

it('what became of a line stands on the page behind the change alone', async () => {
  const person = await changes();
  person.fills('メモ', '大阪支店');
  await person.presses('変更を下書きに保存');
  const said = 'のメモと終了日を変更しました。';
  expect(person.page.text).toContain(said);
  await person.reloads();
  expect(person.page.text).not.toContain(said);
  await person.follows('変更', WRONG);
  await person.presses('変更を下書きに保存');
  expect(person.page.notice).toBe('変更されたところはありません。');
  expect(person.page.text).not.toContain(said);
});

it('a line that somebody removed meanwhile is said to be gone, and what was typed stays', async () => {
  const person = await changes();
  person.fills('メモ', '大阪支店');
  const other = person.tab();
  await other.opens('/ip-restriction/draft');
  other.checks(`${WRONG}（本社）を選択`);
  await other.presses('選んだ行を削除');
  await person.presses('変更を下書きに保存');
  expect(person.page.status).toBe(409);
  expect(person.page.errors[0]).toContain('変更しようとした行を、ほかの管理者の方が変更または削除');
  expect(person.page.field('メモ').getAttribute('value')).toBe('大阪支店');
  expect(lines(person)).toEqual([OFFICE_LINE]);
  await person.opens(`/ip-restriction/draft?network=${encodeURIComponent(WRONG)}`);
  expect(person.page.notice).toContain('変更しようとした行は、下書きにありません。');
  expect(person.page.field('IPアドレス').getAttribute('value')).toBe('');
});

it('what is wrong leaves the line open, with all of it said at once', async () => {
  const person = await changes();
  person.fills('IPアドレス', '192.0.3.5/24');
  person.fills('メモ', '');
  person.fills('終了日', '2026-11-21');
  await person.presses('変更を下書きに保存');
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toHaveLength(3);
  expect(person.page.text).toContain(HEADING);
  expect(person.page.text).toContain('変更をやめる');
  expect(person.page.text).not.toContain('まとめて貼り付け');
  person.fills('メモ', '大阪支店');
  person.fills('終了日', '');
  await person.presses('192.0.3.0/24 に変更');
  expect(lines(person)).toEqual([['192.0.3.0/24', '大阪支店', 'なし'], OFFICE_LINE]);
});

it('an emptied line is asked for again by both buttons, and stays', async () => {
  for (const button of ['変更を下書きに保存', '確認へ進む']) {
    const person = await changes();
    for (const field of ['IPアドレス', 'メモ', '終了日']) person.fills(field, '');
    await person.presses(button);
    expect(person.page.errors).toEqual([
      'IPアドレスを入力してください。',
      'メモ（どこのアドレスか）を入力してください。例：本社、大阪支店',
    ]);
    expect(lines(person)).toHaveLength(2);
  }
});

it('a line that is saved as it was says so, and makes no draft', async () => {
  const person = await changes();
  await person.presses('変更を下書きに保存');
  expect(person.page.notice).toBe('変更されたところはありません。');
  expect(person.page.text).toContain('登録2件（変更はありません）');
});

it('a changed label is said in words of a change', async () => {
  const person = await changes();
  person.fills('メモ', '大阪支店');
  await person.presses('変更を下書きに保存');
  expect(person.page.text).toContain(`${WRONG}（本社）のメモと終了日を変更しました。`);
  expect(person.page.text).not.toContain('すでに下書きに');
});

it('an empty line to add is asked for as a whole', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await person.opens('/ip-restriction/draft');
  await person.presses('下書きに追加');
  expect(person.page.errors).toHaveLength(2);
});
