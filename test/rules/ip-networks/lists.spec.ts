import { foldEntries, type Entry } from '../../../src/ip-restriction/networks/fold-entries.js';
import { labelProblem, shortened } from '../../../src/ip-restriction/networks/label.js';
import { readPasted } from '../../../src/ip-restriction/networks/read-pasted.js';
import { translate } from '../../../src/web/texts.js';

const entry = (network: string, label = network, endsAt: Date | null = null): Entry => ({
  network,
  label,
  endsAt,
});
const DECEMBER = new Date('2026-12-01T00:00:00Z');
const JANUARY = new Date('2027-01-01T00:00:00Z');

/** The labels that are left, and what is told. */
function folded(...entries: Entry[]): { left: string[]; told: string[] } {
  const result = foldEntries(entries);
  if (!result.ok) throw new Error(result.sentence.text);
  return {
    left: result.entries.map(({ label }) => label),
    told: result.told.map((sentence) => translate(sentence, 'ja')),
  };
}

describe('folding', () => {
  it('keeps the first of two equal entries, and tells', () => {
    expect(folded(entry('8.8.8.0/24', '本社'), entry('8.8.8.0/24', '支店'))).toEqual({
      left: ['本社'],
      told: ['8.8.8.0/24（支店）は「本社」と同じため、1つにまとめました。'],
    });
  });

  it('leaves out what a wider entry covers, wherever it stands', () => {
    const { left, told } = folded(
      entry('8.8.8.8/32', 'a'),
      entry('8.8.8.0/24', 'b'),
      entry('8.8.8.128/25', 'c'),
      entry('8.8.9.0/24', 'd'),
    );
    expect(left).toEqual(['b', 'd']);
    expect(told[0]).toBe('8.8.8.8/32（a）は 8.8.8.0/24（b）に含まれるため、まとめました。');
  });

  it('never shortens the time of anybody', () => {
    expect(folded(entry('8.8.8.8/32', 'good'), entry('8.8.8.0/24', 'x', DECEMBER)).left).toEqual([
      'good',
      'x',
    ]);
    expect(folded(entry('8.8.8.8/32', 'a', DECEMBER), entry('8.8.8.0/24', 'b')).left).toEqual([
      'b',
    ]);
    expect(
      folded(entry('8.8.8.0/24', 'a', DECEMBER), entry('8.8.8.0/24', 'b', JANUARY)).left,
    ).toEqual(['b']);
  });

  it('takes 500 entries, and no more', () => {
    const many = Array.from({ length: 501 }, (_, n) => entry(`8.8.${n >> 7}.${(n & 127) * 2}/32`));
    expect(foldEntries(many.slice(1))).toMatchObject({ ok: true, told: [] });
    expect(foldEntries(many)).toMatchObject({
      ok: false,
      sentence: { values: { most: 500, count: 501 } },
    });
    expect(folded(...many, entry('8.8.0.0/16')).left).toEqual(['8.8.0.0/16']);
  });
});

describe('a label', () => {
  // Four code units, and one character to people.
  const FLAG = '🇯🇵';

  it.each(['あ', FLAG])('has 100 characters like %s at most', (character) => {
    expect(labelProblem(character.repeat(100))).toBeUndefined();
    expect(labelProblem(character.repeat(101))).toMatchObject({ values: { most: 100 } });
  });

  it('of several texts is cut to 100 characters, the last of them …', () => {
    expect(shortened(FLAG.repeat(100))).toBe(FLAG.repeat(100));
    expect(shortened(FLAG.repeat(101))).toBe(`${FLAG.repeat(99)}…`);
  });
});

const linesOf = (text: string) =>
  readPasted(text).lines.map(({ networks, label }) => `${networks.join(' ')} ${label}`);

describe('pasted lines', () => {
  it.each([
    ['8.8.8.0/24,本社', '8.8.8.0/24 本社'],
    ['8.8.8.0/24\t本社', '8.8.8.0/24 本社'],
    ['8.8.8.0/24、本社', '8.8.8.0/24 本社'],
    ['８.８.８.０／２４，本社', '8.8.8.0/24 本社'],
    ['8.8.8.0/24 本社 3階', '8.8.8.0/24 本社 3階'],
    ['8.8.8.0/24　本社', '8.8.8.0/24 本社'],
    ['8.8.8.0,24,本社', '8.8.8.0/24 本社'],
    ['8.8.8.0\t/24\t本社', '8.8.8.0/24 本社'],
    ['8.8.8.0,２４,本社', '8.8.8.0/24 本社'],
    ['"8.8.8.0","24","本社, ""3""階"', '8.8.8.0/24 本社, "3"階'],
    ['8.8.8.8,,本社', '8.8.8.8/32 本社'],
    ['8.8.8.8,本社,3階', '8.8.8.8/32 本社,3階'],
    ['8.8.8.8,本社,,', '8.8.8.8/32 本社'],
    ['8.8.8.0 〜 8.8.8.255,本社', '8.8.8.0/24 本社'],
    ['8.8.8.0-8.8.8.255,,本社', '8.8.8.0/24 本社'],
    ['2400:1::/64,本社', '2400:1::/64 本社'],
    ['2400:1::,64,本社', '2400:1::/64 本社'],
    ['アドレス,CIDR,メモ\r\n8.8.8.0,24,本社\r\n', '8.8.8.0/24 本社'],
    ['network,label\n8.8.8.0/24,本社', '8.8.8.0/24 本社'],
    ['\ufeffＩＰアドレス\tメモ\n\n8.8.8.8\t𠮷田様宅', '8.8.8.8/32 𠮷田様宅'],
  ])('%j is %s', (text, line) => {
    expect(readPasted(text).problems).toEqual([]);
    expect(linesOf(text)).toEqual([line]);
  });

  it.each([
    ['8.8.8.8', 'メモ（どこのアドレスか）'],
    ['8.8.8.0,24', 'メモ（どこのアドレスか）'],
    ['8.8.8.0,24,', 'メモ（どこのアドレスか）'],
    [`8.8.8.8,${'あ'.repeat(101)}`, '100文字以内'],
    ['8.8.8.8,本\u0007社', '1行で'],
    ['08.8.8.8,本社', '0 で始まらない'],
    ['8.8.8.0,33,本社', '16 から 32 まで'],
    ['本社,8.8.8.8', '「本社」を読み取れません'],
    ['', '行がありません'],
    ['アドレス,CIDR,メモ', '行がありません'],
  ])('%.30j has a problem: %s', (text, problem) => {
    const { lines, problems } = readPasted(text);
    expect(lines).toEqual([]);
    expect(problems.map(({ sentence }) => translate(sentence, 'ja')).join()).toContain(problem);
  });

  it('have each problem at its line, and the network that was meant', () => {
    const pasted = readPasted('8.8.8.8,a\n\n8.8.8.5/24,b\n10.0.0.1,\n8.8.4.4,c');
    expect(pasted.lines.map(({ line, label }) => [line, label])).toEqual([
      [1, 'a'],
      [5, 'c'],
    ]);
    expect(pasted.problems.map(({ line, offer }) => [line, offer])).toEqual([
      [3, '8.8.8.0/24'],
      [4, undefined],
      [4, undefined],
    ]);
  });
});

describe('the text of a CSV file', () => {
  const file = 'アドレス,CIDR,メモ\r\n8.8.8.0,24,"本社,3階"\r\n8.8.4.4,,髙橋様宅\r\n';

  it.each([
    ['without a mark', file],
    ['with a byte order mark', `\ufeff${file}`],
  ])('%s is read', (_, text) => {
    const { lines, problems } = readPasted(text);
    expect(problems).toEqual([]);
    expect(lines.map(({ networks, label }) => `${networks.join()} ${label}`)).toEqual([
      '8.8.8.0/24 本社,3階',
      '8.8.4.4/32 髙橋様宅',
    ]);
  });
});
