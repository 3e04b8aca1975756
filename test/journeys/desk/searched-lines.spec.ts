import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { atDesk } from '../../support/desk-case.js';
import type { Member } from '../../support/people.js';

let running: RunningApp;
let nakai: Visitor;
let ito: Member;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  const { people } = running;
  const minato = await people.corporationExists({
    corporateNumber: '12345678',
    name: '株式会社みなと商会',
    nameKana: 'ミナトショウカイ',
  });
  const hinoki = await people.corporationExists({
    corporateNumber: '5550123',
    name: 'ひのき物産株式会社',
  });
  const misaki = { name: '伊藤 美咲', nameKana: 'イトウ ミサキ' };
  ito = await people.administratorExists({ corporation: minato, loginId: 'ito-demo', ...misaki });
  await people.administratorExists({ corporation: hinoki, loginId: 'misaki-i', ...misaki });
  const makoto = { name: '伊藤 誠', nameKana: 'イトウ マコト' };
  await people.administratorExists({ corporation: hinoki, loginId: 'ito-2', ...makoto });
});
afterAll(() => running.stop());

async function peopleFor(text: string): Promise<string[]> {
  await nakai.opens(`/desk/search?q=${encodeURIComponent(text)}`);
  return nakai.page.root
    .querySelectorAll('th a[href^="/desk/accounts/"]')
    .map((link) => link.getAttribute('href')!.split(/[/?]/)[3]!);
}

it.each([
  '伊藤 美咲 様 ito-demo',
  '伊藤美咲様（ito-demo）',
  '株式会社みなと商会 伊藤美咲様',
  'みなと商会株式会社伊藤美咲様',
  'みなと商会(12345678)伊藤',
  '㈱みなと商会　美咲さん',
  'みなと商会 御中 いとう様',
  '法人番号：012345678 氏名：伊藤 美咲',
  'ミサキ イトウ みなと',
  '氏名：伊藤 美咲 ログインID：Ito-Demo',
  'みなと商会 ito-d',
  'みなと商会 総務部 伊藤美咲',
  '12345678 伊藤 美咲 03-1234-5678',
  'みなと商会の伊藤さん',
  '株式会社みなと商会 大阪支店の伊藤です。',
  'ID ito-demo',
  'ログインIDはito-demoです',
  '伊藤美咲 198.51.100.7 みなと商会',
  'ご担当者名：伊藤 美咲 御社名：みなと商会',
  '伊藤美咲 Tー12345678',
  '伊藤美咲 Tｰ12345678',
  '伊藤美咲 T−12345678',
  '伊藤美咲 T–12345678',
  '伊藤美咲 T‐12345678',
  '伊藤美咲 T：12345678',
  '登録番号：T12345678 伊藤美咲',
])('finds the one person whom %j names', async (text) => {
  expect(await peopleFor(text)).toEqual([ito.id]);
});

it('leads with the address that stands in the line to what the door does there', async () => {
  await peopleFor('伊藤美咲 198.51.100.7 みなと商会');
  await nakai.follows('伊藤 美咲', 'イトウ ミサキ');
  expect(nakai.page.url.search).toBe('?address=198.51.100.7');
});

it.each([
  '高田純 T12345678',
  '高田純　Ｔ１２３４５６７８',
  'T-12345678 高田純',
  '高田純 t 12345678',
  '高田純T12345678',
  '法人番号T12345678 高田純',
  '高田純 T012345678',
  '高田純 T1234-5678',
])('finds the company of the invoice number, and not the person, for %j', async (text) => {
  expect(await peopleFor(text)).toEqual([]);
  const links = nakai.page.root.querySelectorAll('a[href^="/desk/corporations/"]');
  expect(links.map((link) => link.text)).toContain('株式会社みなと商会');
  expect(nakai.page.text).not.toContain('当てはまるものはありません');
});

it('finds whose login ID looks like the number of an invoice', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5550124',
    name: 'くぬぎ工業株式会社',
  });
  const who = { loginId: 't7654321', name: '椚田 明' };
  const { id } = await running.people.administratorExists({ corporation, ...who });
  for (const line of ['t7654321', '椚田 T7654321'])
    expect([line, await peopleFor(line)]).toEqual([line, [id]]);
});

it('finds all whom the words name, and nobody whom one of them does not', async () => {
  expect(await peopleFor('伊藤さん 美咲さん')).toHaveLength(2);
  expect(await peopleFor('美咲 伊藤')).toHaveLength(2);
  expect(await peopleFor('伊藤 美咲（いとう みさき）')).toHaveLength(2);
  expect(await peopleFor('伊藤 ひのき物産')).toHaveLength(2);
  for (const text of ['伊藤 誠 ito-demo', 'ひのき物産 12345678'])
    expect([text, await peopleFor(text)]).toEqual([text, []]);
});

it.each([
  '株式会社みなと商会 12345678',
  '12345678 みなと商会',
  'みなと商会（法人番号 12345678）御中',
  '法人名：みなと商会　法人番号：012345678',
  '法人番号は12345678です',
  '#12345678',
  '12345678。',
  'みなと商会 総務部',
  'ﾐﾅﾄｼｮｳｶｲ',
  'ｶ)ﾐﾅﾄｼｮｳｶｲ',
  'カ）ミナトシヨウカイ',
  'ミナトシヨウカイ（カ',
  'フリコミ ｶ)ﾐﾅﾄｼﾖｳｶｲ',
  'ミナトシヨウカイ　トウキヨウシテン',
  'ミナトショウカイ トウキョウシテン',
  '法人番号12345678株式会社みなと商会',
  '12,345,678',
  'みなと商会 T12345678',
])('finds the one company that %j names', async (text) => {
  await nakai.opens(`/desk/search?q=${encodeURIComponent(text)}`);
  const links = nakai.page.root.querySelectorAll('a[href^="/desk/corporations/"]');
  expect(links.map((link) => link.text)).toEqual(['株式会社みなと商会']);
});

it('finds no company whose number and name are of two', async () => {
  await nakai.opens(`/desk/search?q=${encodeURIComponent('ひのき物産 12345678')}`);
  expect(nakai.page.text).toContain('当てはまるものはありません。');
});

it.each(['080-1234-5678', '0312345678', '電話番号 03(1234)5678', '+81 80 1234 5678'])(
  'takes %j for the number of a telephone',
  async (text) => {
    expect(await peopleFor(text)).toEqual([]);
    const said = nakai.page.content('.gk-diagnosis').text;
    expect(said).toContain('電話番号では、検索できません。');
    expect(said).not.toContain('請求書');
  },
);

describe('the address of a network', () => {
  it.each([
    '203.0.113.5',
    ' ２０３．０．１１３．５ ',
    '2001:db8::1',
    '203.0.113.0/24',
    '203.0.113.9:443',
    '今お使いのIPアドレス 203.0.113.9',
    '山野 203.0.113.9',
  ])('%j is no number of a company, and the page says where it helps', async (text) => {
    expect(await peopleFor(text)).toEqual([]);
    const said = nakai.page.content('.gk-diagnosis').text;
    expect(said).toContain('IPアドレスだけでは、検索できません。');
    expect(said).not.toContain('請求書');
  });
});
