import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { TAMURA } from '../support/desk-people.js';
import { rows, SAKURA } from '../support/master-data.js';
import { leftBehind, takesOver } from '../support/succession.js';

const JAPANESE = { LANG: 'ja_JP.UTF-8' };
const KANA = /[ぁ-んァ-ヶ]/;

let running: RunningApp;
let operator: Operator;
let folder: string;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
  folder = await mkdtemp(join(tmpdir(), 'genkan-language-'));
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

/** What a Japanese terminal shows, line by line. */
async function japanese(...words: string[]): Promise<string[]> {
  const { out, err } = await operator.typesWith(JAPANESE, ...words);
  return (out + err).trimEnd().split('\n');
}

async function imported(...lines: string[]): Promise<string> {
  const path = join(folder, 'master-data.csv');
  await writeFile(path, rows(...lines));
  return path;
}

it.each([
  [['migrate']],
  [['review', 'list']],
  [['review', 'grant', 'K7M2-9QXA', ...TAMURA]],
  [['enrollment', 'list']],
  [['enrollment', 'show', 'K7M2-9QXA']],
  [['enrollment', 'dismiss', 'K7M2-9QXA', ...TAMURA]],
  [['mail', 'test', 'kato@example.jp']],
  [['mail', 'retry']],
  [['mail', 'retry', '--bounced']],
  [['mail', 'find', 'nobody@example.jp']],
  [['account', 'show', 'nobody']],
  [['corporation', 'close', '999', '--reason', '確認']],
  [['suspend-ip-restriction', '999', '--hours', '1', '--reason', '確認']],
  [['rotate-key']],
  [['import-corporations', '/nowhere.csv']],
  [['doctor']],
])('%j speaks Japanese where the terminal does', async (words) => {
  for (const line of await japanese(...words)) expect(line).toMatch(KANA);
});

it.each([
  [['nothing'], "エラー：コマンド 'nothing' はありません。"],
  [['mail', 'test'], "エラー：引数 'address' がありません。"],
  [['mail', 'test', 'a@b.example', 'c'], 'エラー：引数が多すぎます。1個のところ、2個ありました。'],
  [
    ['mail', 'test', 'nobody'],
    "引数 'address' の値 'nobody' は使えません。 メールアドレスを入力してください。",
  ],
  [['mail', 'find', 'a@b.example', '--operato', 'x'], "オプション '--operato' はありません。"],
  [
    ['mail', 'find', 'a@b.example', '--operator'],
    "オプション '--operator <name>' に値がありません。",
  ],
  [['corporation', 'close', '999'], "オプション '--reason <text>' が必要です。"],
  [['audit', 'export', '--format', 'xml'], '選べるのは ndjson, csv です。'],
  [
    ['audit', 'export', '--since', '2026-11-02', '--until', '2026-11-01'],
    '--until は --since より後にしてください。',
  ],
  [
    ['suspend-ip-restriction', '999', '--hours', '99', '--reason', 'x'],
    '1から72までの整数を入力してください。',
  ],
])('says in Japanese what is wrong with %j, and how it is used', async (words, sentence) => {
  const { exitCode, err } = await operator.typesWith(JAPANESE, ...words);
  expect(exitCode).toBe(2);
  expect(err).toContain(sentence);
  expect(err).toContain('使い方： genkan');
  expect(err).not.toMatch(/error|Usage/);
});

it('reports an import in Japanese, good and bad rows', async () => {
  const good = await japanese('import-corporations', await imported(SAKURA), '--dry-run');
  expect(good.slice(0, 3)).toEqual([
    '確認のみで、何も変更していません。取り込むと次のようになります：',
    '1行、1法人：新規1、変更0、変更なし0。新しいお振込先口座番号1件（うち登録済みの法人のもの0件）',
    '新規の法人：',
  ]);
  const bad = await japanese('import-corporations', await imported(SAKURA, '1002,,,1,'));
  expect(bad[0]).toMatch(/^3行目：/);
  expect(bad.at(-1)).toBe('何も変更していません。');
});

it('shows a case in Japanese', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  const [line = ''] = await japanese('enrollment', 'list');
  expect(line).toMatch(/鈴木 一郎 {2}お知らせ 1名中\d名、異議 0名$/);
  const shown = await japanese('enrollment', 'show', line.split(' ')[0]!);
  expect(shown.slice(1)).toEqual(
    ['登録者', '現在', '接続元', '日時', '関係者'].map((label) =>
      expect.stringMatching(new RegExp(`^${label} `)),
    ),
  );
  expect(shown[5]).toMatch(/佐藤 花子 {2}アカウント active {2}メール \S+ {2}異議なし$/);
});

it('listens to the strongest variable', async () => {
  const settings = { ...JAPANESE, LC_ALL: 'C.UTF-8' };
  const { out } = await operator.typesWith(settings, 'mail', 'retry');
  expect(out).toBe('0 waiting mails are tried again now.\n');
});
