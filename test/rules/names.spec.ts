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
    ['a mail address', 'sato@example'],
    ['a mail address in full width', 'sato＠example'],
    ['a turned text', '佐藤 \u202Emoc.nakneg'],
    ['an isolated text', '佐藤\u2066花子'],
    ['an invisible space', '佐藤\u200B花子'],
    ['a soft hyphen', '佐\u00AD藤'],
    ['a filler', '佐藤\u3164'],
    ['an empty pattern', '\u2800\u2800'],
    ['a tag', '佐藤\u{E0041}'],
    ['a line end', '佐藤\n件名: 重要'],
  ])('%s is none', (_, text) => {
    expect(isAccepted(text)).toBe(false);
    expect(labelProblem(text)).toBeDefined();
  });
});
