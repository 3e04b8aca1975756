import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guides } from '../../src/help/guides.js';
import { topics } from '../../src/help/topics.js';
import { root } from '../../src/root.js';
import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';

let running: RunningApp;
let person: Visitor;
beforeAll(async () => {
  running = await startApp();
  person = running.visitor();
});
afterAll(() => running.stop());

/** The names of the questions and guides that a search shows. */
async function searches(words: string): Promise<string[]> {
  await person.opens(`/help?q=${encodeURIComponent(words)}`);
  const links = person.page.root.querySelectorAll('.gk-qa h2 a, .gk-help-guides a');
  return links.map((link) => link.getAttribute('href')!.replace('/help/', ''));
}

const EVERYDAY: [string, string[]][] = [
  ['メールが来ない', ['mail']],
  ['メールがこない', ['mail']],
  ['メールが来ません', ['mail']],
  ['メールが届きません', ['mail']],
  ['アイピー', ['ip-restriction', 'guide-ip-restriction']],
  ['あいぴーあどれす', ['ip-restriction', 'guide-ip-restriction']],
  ['まとめて', ['inviting']],
  ['CSV', ['inviting']],
  ['ｃｓｖ', ['inviting']],
  ['スマホ', ['device']],
  ['ｽﾏﾎ', ['device']],
  ['すまほ', ['device']],
  ['スマホを変えた', ['device']],
  ['機種変更', ['device', 'second-factor']],
  ['二段階認証', ['second-factor']],
  ['ワンタイムパスワード', ['second-factor']],
  ['リカバリーコード', ['second-factor']],
  ['パスワードを忘れた', ['sign-in', 'guide-recovery']],
  ['パスワードを忘れました', ['sign-in', 'guide-recovery']],
  ['パスワード　忘れた', ['sign-in', 'guide-recovery']],
  ['退職', ['leaving', 'predecessor', 'guide-deletion']],
  ['異動', ['leaving', 'predecessor', 'guide-succession']],
  ['異動になりました', ['leaving', 'predecessor']],
  ['ロック', ['sign-in', 'ip-restriction']],
  ['ロックされました', ['sign-in']],
  ['ログインできない', ['sign-in', 'ip-restriction']],
  ['ログインできません', ['sign-in', 'ip-restriction']],
  ['利用者　追加', ['inviting']],
  ['名前を変えたい', ['changes']],
  ['結婚', ['changes']],
  ['結婚しました', ['changes']],
  ['引っ越し', ['changes']],
  ['間違えて消した', ['mistaken-deletion']],
  ['間違えて消しました', ['mistaken-deletion']],
  ['文字化け', ['garbled']],
  ['文字化けする', ['garbled']],
  ['期限切れ', ['links']],
  ['URLが開けない', ['links']],
  ['ＵＲＬが開けません', ['links']],
];

it.each(EVERYDAY)('somebody who searches for %s finds what helps', async (words, names) => {
  expect(await searches(words)).toEqual(expect.arrayContaining(names));
});

it('a search is not a list of everything', async () => {
  for (const [words] of EVERYDAY) {
    const found = (await searches(words)).filter((name) => !name.startsWith('guide-'));
    expect([words, found.length < topics.length]).toEqual([words, true]);
  }
});

it('a guide alone is named as one', async () => {
  expect(await searches('ユーザーが消したい')).toEqual([]);
  expect(await searches('消したい')).toEqual(['guide-deletion']);
  expect(person.page.text).toContain('「消したい」が見つかった操作手順：1件');
  expect(person.page.text).not.toContain('見つかりませんでした');
});

it('has search words for each question and guide, and for nothing else', () => {
  const file = join(root, 'views/help/search-words.json');
  const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>;
  const names = [...topics, ...guides].map(({ name }) => name);
  expect(Object.keys(words).sort()).toEqual(names.sort());
  expect(Object.values(words).filter((each) => each.length === 0)).toEqual([]);
});

it('says of a text that is too long that its beginning was searched for, and counts guides, too', async () => {
  const said = '検索する言葉が100文字を超えたため、はじめの100文字で探しました。';
  await searches('パスワード '.repeat(30));
  expect(person.page.text).toContain(said);
  expect(person.page.text).toMatch(/見つかった質問：\d+件 「.*見つかった操作手順：\d+件/);
  await searches('パスワード');
  expect(person.page.text).not.toContain(said);
  expect(person.page.text).toMatch(/見つかった質問：\d+件 「.*見つかった操作手順：\d+件/);
});
