import {
  deskPersonExists,
  pressesAtDesk,
  provesFor,
  signsInAtDesk,
  type DeskPerson,
} from '../support/desk.js';
import { uploads } from '../support/desk-imports.js';
import { rows, SAKURA } from '../support/master-data.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { fieldOf, Keyboard } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
const CHANGED = SAKURA.replace('商事,', '商店,').replace('keiri@', 'soumu@');
const MANY = Array.from(
  { length: 60 },
  (_, n) => `${5000 + n},株式会社とても長い名前のお取引先様第${n}営業所,トテモナガイ,${n},`,
);

let tamura: DeskPerson;
const paths: Record<string, string> = {};
beforeAll(async () => {
  const { genkan } = stage;
  tamura = await deskPersonExists(genkan, { loginId: 'tamura', name: '田村', role: 'lead' });
  const way = await stage.newWay('ja');
  const { person } = way;
  await signsInAtDesk(person, tamura);
  await uploads(person, rows(SAKURA));
  await pressesAtDesk(person, '取り込む');
  await uploads(person, rows(CHANGED, ...MANY));
  paths.changes = person.page.path;
  await uploads(person, rows('1003,,,1,', '1004,もみじ,,12345678,'));
  paths.refused = person.page.path;
  await uploads(person, rows(SAKURA));
  paths.waiting = person.page.path;
  await genkan.pool.query(
    `update desk_imports set state = 'importing', holder = gen_random_uuid(), rows_read = 1000
     where id = $1`,
    [paths.waiting.split('/').at(-1)],
  );
  for (const title of ['年末年始の窓口', 'システムの点検']) {
    await provesFor(person, '/desk/notices/new');
    await person.opens('/desk/notices/new');
    await person.submits({
      title,
      text: '12月29日から1月3日まで\n休業',
      from: '2020-12-01',
    });
  }
  await provesFor(person, '/desk/applications/new');
  await person.opens('/desk/applications/new');
  await person.submits({ name: '請求明細の照会', url: 'https://statements.example.jp/x/y' });
});

async function atDesk(way: Way): Promise<void> {
  await way.opens('/desk/login');
  await way.submits({ loginId: tamura.loginId, password: tamura.password });
  await way.submits({ code: await tamura.app.nextCode() });
}

/** Each page by its path, and words by which it is known. */
const PAGES: Record<string, [path: () => string, words: string]> = {
  'the imports': [() => '/desk/imports', '最近の取り込み'],
  'what a file would change': [() => paths.changes!, 'さくら商事 → さくら商店'],
  'what is wrong with a file': [() => paths.refused!, '法人名がありません'],
  'an import at work': [() => paths.waiting!, '取り込んでいます'],
  notices: [() => '/desk/notices', '年末年始の窓口'],
  'a notice': [() => '/desk/notices/0', '掲載を始める日'],
  services: [() => '/desk/applications', '請求明細の照会'],
  'a service': [() => '/desk/applications/0', 'アイコン'],
  'the log': [() => '/desk/log', 'ファイルに保存'],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.entries(PAGES))('%s is fine', async (_name, [path, words]) => {
    const way = await stage.newWay(language);
    await atDesk(way);
    expect(await way.shows(path())).toBe(200);
    if (language === 'ja') expect(await way.page.textContent('main')).toContain(words);
    expect(await findings(way.page, language)).toEqual([]);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it('works without JavaScript', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  for (const [path] of Object.values(PAGES)) {
    await way.shows(path());
    expect([path(), await findingsWithoutJavaScript(way.page)]).toEqual([path(), []]);
  }
});

it('shows the end of an import by itself, with nothing but the keyboard', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  await way.shows('/desk/imports');
  const { page } = way;
  const hands = new Keyboard(page);
  const file = { name: '法人.csv', mimeType: 'text/csv', buffer: Buffer.from(rows(SAKURA)) };
  await fieldOf(page, 'CSVファイル').setInputFiles(file);
  await hands.presses('ファイルの内容を確認する');
  await page.getByText('取り込むと、次のようになります').waitFor();
  await hands.presses('取り込む');
  await hands.fills('確認コード', await tamura.app.nextCode());
  await hands.presses('操作を続ける');
  await page.getByText('もう一度ボタンを押すと').waitFor();
  await hands.presses('取り込む');
  await page.getByRole('heading', { name: '取り込みました' }).waitFor();
  expect(await page.textContent('main')).toContain('法人.csv');
});

it('shows a preview where the form is, and keeps what was typed', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  await way.shows('/desk/notices/new');
  const { page } = way;
  const hands = new Keyboard(page);
  await hands.fills('見出し', '窓口の休業');
  await hands.fills('本文', '休みます。');
  await hands.presses('プレビューを表示する');
  await page.locator('.gk-announcements').first().waitFor();
  expect(await page.locator('.gk-announcements').first().textContent()).toContain('休みます。');
  expect(await fieldOf(page, '見出し').inputValue()).toBe('窓口の休業');
  expect(await page.locator('#preview-title').evaluate((it) => it === document.activeElement)).toBe(
    true,
  );
});

it('shows both versions where somebody else saved the same entry first', async () => {
  const way = await stage.newWay('ja');
  await atDesk(way);
  await way.shows('/desk/notices/1');
  const { page } = way;
  const hands = new Keyboard(page);
  await hands.fills('見出し', 'システムの点検（延期）');
  const other = await stage.newWay('ja');
  await atDesk(other);
  await other.opens('/desk/confirmation?next=/desk/notices/1');
  await other.submits({ code: await tamura.app.nextCode() });
  await other.submits({ text: '12月12日に変わりました。' });
  await hands.presses('変更する');
  await hands.fills('確認コード', await tamura.app.nextCode());
  await hands.presses('操作を続ける');
  await page.getByText('もう一度ボタンを押すと').waitFor();
  await hands.presses('変更する');
  await page.getByRole('heading', { name: '現在の内容' }).waitFor();
  expect(await page.locator('.gk-announcements').first().textContent()).toContain('12月12日');
  expect(await fieldOf(page, '見出し').inputValue()).toBe('システムの点検（延期）');
  expect(await findings(page)).toEqual([]);
  expect(await findingsEverywhere(page, 'ja')).toEqual([]);
  await hands.presses('この内容で上書きする');
  await page.locator('main').getByText('「システムの点検（延期）」を変更しました。').waitFor();
});
