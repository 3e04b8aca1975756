import { emailKey, loginIdKey } from '../../src/identity/login-id.js';
import {
  cleanCode,
  cleanDigits,
  cleanMailAddress,
  toKatakana,
} from '../../src/web/forms/fields.js';
import { graphemesOf, isLongerThan } from '../../src/web/forms/graphemes.js';

describe('digits', () => {
  it.each([
    ['1234567', '1234567'],
    ['  1234567\t', '1234567'],
    ['１２３４５６７', '1234567'],
    ['123 45\u300067', '1234567'],
    ['123\u00a04567', '1234567'],
    ['12-34-567', '1234567'],
    ['12－34−567', '1234567'],
    ['12ー34ｰ567', '1234567'],
    ['12‐34–56—7', '1234567'],
    ['12.34_56/7', '1234567'],
    ['\u200b123\ufeff4567\u200e', '1234567'],
    ['0012345', '0012345'],
    ['12a4567', '12a4567'],
    ['一二三', '一二三'],
    ['-', ''],
    ['', ''],
  ])('%j is %j', (typed, cleaned) => {
    expect(cleanDigits(typed)).toBe(cleaned);
  });
});

describe('codes', () => {
  it.each([
    ['ｓａｔｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'sato@example.jp'],
    [' sato ', 'sato'],
    ['sa\u200bto\u200e', 'sato'],
    ['\ufeffsato', 'sato'],
    ['sa\u2065to\ufff0\u{e0080}\ufe0f', 'sato'],
    ['sato-hanako_1.2', 'sato-hanako_1.2'],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['Sato', 'Sato'],
    ['sato hanako', 'sato hanako'],
  ])('%j is %j', (typed, cleaned) => {
    expect(cleanCode(typed)).toBe(cleaned);
  });
});

describe('mail addresses', () => {
  it.each([
    ['ＳＡＴＯ＠ＥＸＡＭＰＬＥ．ｊｐ', 'SATO@example.jp'],
    ['Sato@ドメイン.Example', 'Sato@ドメイン.example'],
    ['Sato@XN--eckwd4c7c.example', 'Sato@ドメイン.example'],
    ['sato@example。jp', 'sato@example.jp'],
    ['sato@日本｡Example．jp', 'sato@日本.example.jp'],
    ['sato。1@日本。jp', 'sato。1@日本.jp'],
    ['sato@xn--zz--zz.example', 'sato@xn--zz--zz.example'],
    ['sato@日本.jp/x', 'sato@日本.jp/x'],
    ['sato@日本.1', 'sato@日本.1'],
    ['sato@', 'sato@'],
    ['Sato', 'Sato'],
  ])('%j is stored as %j', (typed, stored) => {
    expect(cleanMailAddress(typed)).toBe(stored);
    expect(emailKey(typed)).toBe(stored.toLowerCase());
  });
});

describe('login IDs', () => {
  it.each([
    'sato-demo',
    'ＳＡＴＯ－ｄｅｍｏ',
    'sato\u2212demo',
    'satoーdemo',
    'satoｰdemo',
    'sato\u2010demo',
  ])('%j is that of sato-demo', (typed) => {
    expect(loginIdKey(typed)).toBe('sato-demo');
  });

  it.each(['satodemo', 'sato_demo', 'sato.demo'])('%j is another one', (typed) => {
    expect(loginIdKey(typed)).not.toBe('sato-demo');
  });
});

describe('kana', () => {
  it.each([
    ['さとう はなこ', 'サトウ ハナコ'],
    ['ｻﾄｳ ﾊﾅｺ', 'サトウ ハナコ'],
    ['ﾊﾞﾋﾞﾌﾞ ﾊﾟﾋﾟﾌﾟ', 'バビブ パピプ'],
    ['サトウ\u3000ハナコ', 'サトウ ハナコ'],
    [' サトウ   ハナコ ', 'サトウ ハナコ'],
    ['ゔぁいおりん', 'ヴァイオリン'],
    ['らーめん', 'ラーメン'],
    ['か\u3099', 'ガ'],
    ['いすゞ', 'イスヾ'],
    ['佐藤', '佐藤'],
  ])('%j is %j', (typed, kana) => {
    expect(toKatakana(typed)).toBe(kana);
  });
});

describe('length as people count it', () => {
  it.each([
    ['', 0],
    ['佐藤', 2],
    ['𠮷野', 2],
    ['葛\u{e0100}城', 2],
    ['神\ufe00', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 1],
  ])('%j has %d', (text, count) => {
    expect([...graphemesOf(text)]).toHaveLength(count);
  });

  it.each([
    ['👩‍👩‍👧', 700],
    ['🇯🇵', 700],
    ['葛\u{e0100}', 700],
    ['a\r\n', 1400],
  ])('%j, again and again, has as many as in one piece', (text, count) => {
    const whole = text.repeat(700);
    expect([...graphemesOf(whole)]).toHaveLength(count);
    expect([...graphemesOf(`x${whole}`)].join('')).toBe(`x${whole}`);
    expect([...graphemesOf(`x${whole}`)]).toHaveLength(count + 1);
  });

  it('has one that is longer than any piece', () => {
    const long = `a${'\u0301'.repeat(3000)}`;
    expect([...graphemesOf(`${long}b`)]).toEqual([long, 'b']);
  });

  it.each(['あ', '🇯🇵', 'e\u0301'])('has at most so many like %s', (character) => {
    expect(isLongerThan(300, character.repeat(300))).toBe(false);
    expect(isLongerThan(300, character.repeat(301))).toBe(true);
  });
});
