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
    ...[
      'evil.ai',
      'evil.zip',
      'evil．ai/login',
      'ｅｖｉｌ。ａｉ',
      'evil｡ai',
      'evil․ai',
      '本社evil.support',
    ].map((host) => ['a host of any ending', host]),
    ['a path of Windows', '\\\\genkan\\id'],
    ['a link without a scheme', '//genkan/id'],
    ...['mailto:sato', 'tel:110', 'ＴＥＬ：１１０', 'sms:110'].map((link) => ['a scheme', link]),
    ['a mail address', 'sato@example'],
    ['a mail address in full width', 'sato＠example'],
    ['a turned text', '佐藤 \u202Emoc.nakneg'],
    ['an isolated text', '佐藤\u2066花子'],
    ['an invisible space', '佐藤\u200B花子'],
    ['a soft hyphen', '佐\u00AD藤'],
    ['a filler', '佐藤\u3164'],
    ['a selector after no Chinese character', 'evil\uFE0F-desk'],
    ['an empty pattern', '\u2800\u2800'],
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
  ])('%s is none, but may stand in a note', (text) => {
    expect(isAccepted(text)).toBe(false);
    expect(labelProblem(text)).toBeUndefined();
  });
});
