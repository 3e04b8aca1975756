import { Department, PersonName } from '../../src/identity/person-fields.js';
import { labelProblem } from '../../src/ip-restriction/networks/label.js';
import { readForm } from '../../src/web/forms/forms.js';

class NamedForm {
  @PersonName()
  name = '';

  @Department()
  department = '';
}

function isAccepted(text: string): boolean {
  return readForm(NamedForm, { name: text, department: text }).ok;
}

describe('names', () => {
  it.each([
    '佐藤 花子',
    '髙﨑 𠮷子',
    '神\u{E0100} 一郎',
    '葛\u{E0101}城 美保',
    '神\uFE00田 一郎',
    'ジョン・スミス・Jr.',
    'John A. Smith',
    'J.P. Morgan',
    'Dr.佐藤',
    'St. John',
    'J. R. 田中',
    '株式会社。担当',
    '㈱さくら',
    '3課',
    'Ａ／Ｂ班',
    '2026-11-30まで',
    'No.1 営業部',
    'Ｒ＆Ｄ推進室',
    '第1営業部（東京）',
    'O’Connor 美和',
    "O'Brien",
    '髙橋・ジョン',
    '一二三',
    '久保田 一二三',
    '五十嵐 三千代',
    '七五三木 八重',
    '四五六 一二三',
    '一二三 九十九',
    '伍 陸',
    'さんご ななみ',
    'ニニ・ロクサーナ',
    'Smith,John',
    'Dr. K. Müller',
    'Sales, Comms',
    'dot コム推進室',
    '大和・net',
    'ＡＢＣ株式会社・営業',
    '山田 太郎(営業2課)',
    '第一営業部2課',
    '第三営業部第二課三係',
    'ドット・コム事業部',
    'ドット．コム事業部',
    'Ｙ．Ｓ．食品',
    '人事・IT',
    'IT・AI推進室',
    'Sales · Marketing',
    'Gal·la',
    '日本・世界担当',
    '本社。中国支店',
    '①課②係',
    '2026-11-30〜12-31',
    '2026年4月1日から2027年3月31日まで',
    'Владимир Иванов',
  ])('%s is one', (text) => {
    expect(isAccepted(text)).toBe(true);
    expect(labelProblem(text)).toBeUndefined();
  });

  it.each([
    ['a link', 'https://genkan.example/id'],
    ['a link in full width', 'ｈｔｔｐｓ：／／genkan-check'],
    ['a host', '【重要】本人確認 genkan-check.com/id'],
    ['a host in full width', 'ｇｅｎｋａｎ．ｃｏｍ'],
    ['a host with a full-width dot', 'genkan．jp'],
    ['a host with an ideographic stop', 'genkan。jp まで'],
    ['a host with spaces', 'genkan . com'],
    ['a Japanese host', '玄関.jp'],
    ['a host of another script', 'xn--abc.xn--p1ai'],
    ['www', '至急 www genkan'],
    ['a path of Windows', '\\\\genkan\\id'],
    ['a link without a scheme', '//genkan/id'],
    ...['mailto:sato', 'tel:110', 'ＴＥＬ：１１０', 'sms:110'].map((link) => ['a scheme', link]),
    ['a mail address', 'sato@example'],
    ['a mail address in full width', 'sato＠example'],
    ['a turned text', '佐藤 \u202Emoc.nakneg'],
    ['a turned text that ends, as it is copied', '佐藤 \u202Emoc.nakneg\u202C\u200E'],
    ['a joiner', '佐藤\u200C花子'],
    ['a filler', '佐藤\u3164'],
    ['a selector after no Chinese character', 'evil\uFE0F-desk'],
    ['an empty pattern', '\u2800\u2800'],
    ['a selector of Mongolian letters', '佐藤\u180B'],
    ...[
      0x034f, 0x115f, 0x17b4, 0x180f, 0x2065, 0xfff0, 0xfff8, 0x1d159, 0x13441, 0x16fe4, 0x1bca0,
      0xe0000, 0xe0080, 0xe0fff,
    ].map((point) => ['what shows nothing', `佐藤${String.fromCodePoint(point)}花子`]),
    ['a tag', '佐藤\u{E0041}'],
    ['a line end', '佐藤\n件名: 重要'],
  ])('%s is none', (_, text) => {
    expect(isAccepted(text)).toBe(false);
    expect(labelProblem(text)).toBeDefined();
  });

  it.each([
    '至急 192.0.2.1/id',
    '[2001:470::1]/id',
    '090-1111-2222',
    '0312345678',
    '０９０ １１１１ ２２２２',
    '(03)1234ー5678',
    '至急+81−3−1234',
    '03/1234/5678',
    '03・1234・5678',
    '03番1234番5678',
    '٠٣١٢٣٤٥٦٧٨',
    '電話03の1234の5678',
    '03です1234です5678',
    '電話０３ノ１２３４ノ５６７８',
    '電話〇三一二三四五六七八',
    '〇三の一二三四の五六七八',
    '○九○ー一二三四ー五六七八',
    '③課 ⓪③①②③④⑤⑥⑦⑧',
    '❶❷❸❹❺❻❼❽❾',
    '零参 1234 五六七八',
    '電話 零九零 壹貳叁肆伍陸柒捌',
    '〇九〇壱壹弐貳参參四五',
    '山田 ゼロ九ゼロ一二三四五六七八',
    'ゼロキューゼロ イチニサンヨン',
    'ぜろきゅうぜろいちにさんよん',
    '192۔0۔2۔1',
  ])('%s is none, but may stand in a note', (text) => {
    expect(isAccepted(text)).toBe(false);
    expect(labelProblem(text)).toBeUndefined();
  });
});
