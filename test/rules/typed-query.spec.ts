import { readQuery, type TypedQuery } from '../../src/desk/search/typed-query.js';

type Kinds = Partial<Omit<TypedQuery, 'text' | 'words'>>;

/** What is typed, and as what it is looked for. */
const TYPED: [string, Kinds][] = [
  ['1234567', { corporateNumber: '1234567', loginId: '1234567' }],
  ['Ｔ１２３−４５６７', { corporateNumber: '1234567', caseNumber: 'T123-4567' }],
  ['00 12‐34', { corporateNumber: '001234' }],
  ['12345O7', { likeNumber: '1234507', loginId: '12345o7', name: '12345O7' }],
  ['Ｔ１２−３４ｌ０', { likeNumber: '123410', name: 'T12−34l0' }],
  ['oil', { loginId: 'oil', name: 'oil' }],
  ['12345678901234', { loginId: '12345678901234', name: '12345678901234' }],
  ['Sato.Hanako', { loginId: 'sato.hanako', name: 'Sato.Hanako' }],
  ['ｓａｔｏ', { loginId: 'sato', name: 'sato' }],
  ['佐藤　花子', { name: '佐藤 花子' }],
  ['さ', { name: 'さ' }],
  ['Sato@Keyaki.example', { email: 'sato@keyaki.example', loginId: 'sato@keyaki.example' }],
  ['k7m2 9qxa', { caseNumber: 'K7M2-9QXA', name: 'k7m2 9qxa' }],
  ['Ｋ７Ｍ２－９ＱＸＡ', { caseNumber: 'K7M2-9QXA', loginId: 'k7m2-9qxa', name: 'K7M2-9QXA' }],
  [
    '3F2A91C4-7B0E',
    { requestNumber: '3f2a91c4-7b0e', loginId: '3f2a91c4-7b0e', name: '3F2A91C4-7B0E' },
  ],
  [
    '3f2a91c47b0e',
    { requestNumber: '3f2a91c4-7b0e', loginId: '3f2a91c47b0e', name: '3f2a91c47b0e' },
  ],
  ['7646CC95ーc16c', { requestNumber: '7646cc95-c16c', name: '7646CC95ーc16c' }],
  ['Ｋ7M2―9QXA', { caseNumber: 'K7M2-9QXA', name: 'K7M2―9QXA' }],
  [
    'リクエスト番号 3f2a91c4-7b0e',
    { requestNumber: '3f2a91c4-7b0e', name: 'リクエスト番号 3f2a91c4-7b0e' },
  ],
  [
    'リクエスト番号：３Ｆ２Ａ９１Ｃ４－７Ｂ０Ｅ',
    { requestNumber: '3f2a91c4-7b0e', name: 'リクエスト番号:3F2A91C4-7B0E' },
  ],
  ['受付番号：K7M2-9QXA', { caseNumber: 'K7M2-9QXA', name: '受付番号:K7M2-9QXA' }],
  ['事案 k7m2-9qxa', { caseNumber: 'K7M2-9QXA', name: '事案 k7m2-9qxa' }],
  [
    'Request number: 3f2a91c4-7b0e',
    { requestNumber: '3f2a91c4-7b0e', name: 'Request number: 3f2a91c4-7b0e' },
  ],
  ['法人番号　１２３４５６７', { corporateNumber: '1234567', loginId: '1234567' }],
  ['No. 3000003', { corporateNumber: '3000003' }],
  ['No.1トラベル', { name: 'No.1トラベル' }],
  [
    'リクエスト番号：6c866083-0f3c（2026年11月30日(月) 11時12分）',
    {
      requestNumber: '6c866083-0f3c',
      name: 'リクエスト番号:6c866083-0f3c(2026年11月30日(月) 11時12分)',
    },
  ],
  [
    'お客様の受付番号：Ｋ７Ｍ２－９ＱＸＡ です。',
    { caseNumber: 'K7M2-9QXA', name: 'お客様の受付番号:K7M2-9QXA' },
  ],
  ['ログインID：ogawa-demo', { loginId: 'ogawa-demo', name: 'ogawa-demo' }],
  ['ログインＩＤ: ogawa', { loginId: 'ogawa', name: 'ogawa' }],
  [
    'メールアドレス：Sato@keyaki.example',
    { email: 'sato@keyaki.example', loginId: 'sato@keyaki.example' },
  ],
  ['佐藤 花子 <Sato@keyaki.example>', { email: 'sato@keyaki.example' }],
  ['Sato@keyaki。example', { email: 'sato@keyaki.example' }],
  ['Sato@keyaki｡example。', { email: 'sato@keyaki.example' }],
  ['＜sato@keyaki.example＞', { email: 'sato@keyaki.example', loginId: 'sato@keyaki.example' }],
  ['小川 亮 様', { name: '小川 亮' }],
  ['氏名：小川　亮　様', { name: '小川 亮' }],
  ['株式会社けやき 御中', { name: '株式会社けやき' }],
  ['様', { name: '様' }],
  ['203.0.113.5', { address: '203.0.113.5', loginId: '203.0.113.5' }],
  ['２００１：ｄｂ８：：１', { address: '2001:db8::1' }],
  ['事案', { name: '事案' }],
  ['ID suzuki-demo', { loginId: 'suzuki-demo', name: 'suzuki-demo' }],
  ['ＩＤ　ｓｕｚｕｋｉ－ｄｅｍｏ', { loginId: 'suzuki-demo', name: 'suzuki-demo' }],
  ['ログインIDはsuzuki-demoです', { loginId: 'suzuki-demo', name: 'suzuki-demo' }],
  ['法人番号は1000001です', { corporateNumber: '1000001', loginId: '1000001' }],
  ['#1000001', { corporateNumber: '1000001', loginId: '1000001' }],
  ['1000001。', { corporateNumber: '1000001', loginId: '1000001' }],
  ['鈴木です', { name: '鈴木' }],
  ['鈴木一郎と申します。', { name: '鈴木一郎' }],
  ['総務部の鈴木です', { name: '鈴木' }],
  ['総務部 鈴木', { name: '鈴木' }],
  ['鈴木 03-1234-5678', { name: '鈴木' }],
  ['電話 03(1234)5678', { telephone: '電話 03(1234)5678', name: '電話 03(1234)5678' }],
  ['080ー1234ー5678', { telephone: '080ー1234ー5678', corporateNumber: '08012345678' }],
  ['+81 80 1234 5678', { telephone: '+81 80 1234 5678', name: '+81 80 1234 5678' }],
  ['03-1234', { corporateNumber: '031234', loginId: '03-1234' }],
  ['203.0.113.0/24', { address: '203.0.113.0' }],
  ['203.0.113.9:443', { address: '203.0.113.9' }],
  ['[2001:db8::1]:443', { address: '2001:db8::1' }],
  ['今お使いのIPアドレス 203.0.113.9', { address: '203.0.113.9' }],
  ['接続元：203.0.113.9。', { address: '203.0.113.9' }],
  ['伊藤 203.0.113.9', { address: '203.0.113.9', name: '伊藤' }],
  ['ｶ)ﾐﾅﾄｾｲｻｸｼｮ', { name: 'ミナトセイサクショ' }],
  ['ツバメウンユ（ユ', { name: 'ツバメウンユ' }],
  ['フリコミ ｶ)ﾐﾅﾄｾｲｻｸｼﾖ', { name: 'ミナトセイサクシヨ' }],
  ['ﾐﾅﾄ(ｶ ﾄｳｷﾖｳｼﾃﾝ', { name: 'ミナト トウキヨウシテン' }],
  ['2,000,002', { corporateNumber: '2000002', loginId: '2000002' }],
  ['２，０００，００２', { corporateNumber: '2000002', loginId: '2000002' }],
  ['0312345678', { telephone: '0312345678', corporateNumber: '0312345678', loginId: '0312345678' }],
  ['鈴木 TEL:0312345678', { name: '鈴木' }],
  ['ご担当者名：鈴木 一郎', { name: '鈴木 一郎' }],
  ['お申込者：鈴木', { name: '鈴木' }],
  ['法人番号2000002', { corporateNumber: '2000002', loginId: '2000002' }],
  ['(株)けやき', { name: '(株)けやき' }],
  ['A/B商会', { name: 'A/B商会' }],
  ['総務部', { name: '総務部' }],
  ['日下部 隆', { name: '日下部 隆' }],
  ['', {}],
  [' \u200b ', {}],
];

it.each(TYPED)('reads %j', (typed, kinds) => {
  const { text: _, words: __, ...read } = readQuery(typed);
  expect(
    Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)),
  ).toEqual(kinds);
});

it('is bounded before anything is normalised, and takes texts alone', () => {
  // One character of which NFKC makes eighteen.
  expect(readQuery('\ufdfa'.repeat(1_000_000)).text).toHaveLength(100);
  expect(readQuery('佐\0藤\ud800').text).toBe('佐藤\ufffd');
  for (const typed of [undefined, ['佐藤'], { q: '佐藤' }]) expect(readQuery(typed).text).toBe('');
});

it.each<[string, string[] | undefined]>([
  ['伊藤 美咲 様 ito-demo', ['伊藤', '美咲', 'ito-demo']],
  ['㈱けやき（１２３４）伊藤様', ['けやき', '1234', '伊藤']],
  ['氏名：伊藤　美咲　さん', ['伊藤', '美咲']],
  ['みなと製作所 総務部人事課 鈴木一郎', ['みなと製作所', '鈴木一郎']],
  ['みなと製作所総務部 鈴木部長', ['みなと製作所', '鈴木']],
  ['みなと製作所 第一営業部長 鈴木', ['みなと製作所', '鈴木']],
  ['みなと製作所 大阪支店 長谷部', ['みなと製作所', '長谷部']],
  ['長曽我部 元 みなと製作所', ['長曽我部', '元', 'みなと製作所']],
  ['2000002 鈴木 一郎 03-1234-5678', ['2000002', '鈴木', '一郎']],
  ['株式会社みなと製作所 2000002', ['みなと製作所', '2000002']],
  ['法人名：みなと製作所　法人番号：2000002', ['みなと製作所', '2000002']],
  ['法人番号2000002株式会社みなと製作所', ['2000002', 'みなと製作所']],
  ['みなと製作所2000002 鈴木', ['みなと製作所', '2000002', '鈴木']],
  ['みなと製作所 2,000,002', ['みなと製作所', '2000002']],
  ['12,34 みなと', ['12', '34', 'みなと']],
  ['会社名：みなと製作所 ご担当者名：鈴木', ['みなと製作所', '鈴木']],
  ['みなと製作所の佐藤さん', ['みなと製作所', '佐藤']],
  ['木の下 みのり', ['木の下', 'みのり']],
  ['木の下みのり', undefined],
  ['伊藤様', undefined],
  ['12 34', undefined],
  ['伊藤 <ito@keyaki.example>', undefined],
  ['一 二 三 四 五 六', undefined],
])('takes %j apart', (typed, words) => {
  expect(readQuery(typed).words).toEqual(words);
});
