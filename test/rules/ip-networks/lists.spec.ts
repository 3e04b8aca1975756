import { labelProblem, shortened } from '../../../src/ip-restriction/networks/label.js';
import { readPasted } from '../../../src/ip-restriction/networks/read-pasted.js';
import { translate } from '../../../src/web/texts.js';

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

const linesOf = async (text: string) =>
  (await readPasted(text)).lines.map(({ networks, label }) => `${networks.join(' ')} ${label}`);

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
  ])('%j is %s', async (text, line) => {
    expect((await readPasted(text)).problems).toEqual([]);
    expect(await linesOf(text)).toEqual([line]);
  });

  it.each([
    ['8.8.8.8', 'メモ（どこのアドレスか）'],
    ['8.8.8.0,24', 'メモ（どこのアドレスか）'],
    ['8.8.8.0,24,', 'メモ（どこのアドレスか）'],
    [`8.8.8.8,${'あ'.repeat(101)}`, '100文字以内'],
    ['8.8.8.8,本\u0007社', '見えない文字'],
    ['8.8.8.8\t本社\t2027/3/31', '終了日などの列を除いて'],
    ['8.8.8.0\t24\t本社\t2027/3/31', '終了日などの列を除いて'],
    ['08.8.8.8,本社', '余分な0'],
    ['8.8.8.0,33,本社', '16 から 32 まで'],
    ['本社,8.8.8.8', '「本社」を読み取れません'],
    ['', '行がありません'],
    ['アドレス,CIDR,メモ', '行がありません'],
  ])('%.30j has a problem: %s', async (text, problem) => {
    const { lines, problems } = await readPasted(text);
    expect(lines).toEqual([]);
    expect(problems.map(({ sentence }) => translate(sentence, 'ja')).join()).toContain(problem);
  });

  it('have each problem at its line, and the network that was meant', async () => {
    const pasted = await readPasted('8.8.8.8,a\n\n8.8.8.5/24,b\n10.0.0.1,\n8.8.4.4,c');
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

const toldOf = async (text: string) =>
  (await readPasted(text)).problems.map(({ sentence }) => translate(sentence, 'ja'));

const range = (n: number) => `2400:${n}::1-2400:${n}:ffff:ffff:ffff:ffff:ffff:fffe,a`;

describe('pasted text that nobody wrote', () => {
  it.each([',\n', 'x\n', '8.8.8.8,a\r\n', '\r'])('has 2000 lines at most: %j', async (line) => {
    expect(await toldOf(line.repeat(2000))).toEqual([expect.stringContaining('2001行あるため')]);
    expect((await toldOf(line.repeat(1999))).join()).not.toContain('行あるため');
  });

  it.each([
    ['of marks', `8.8.8.8${'\u0327\u0301'.repeat(5000)},本社`],
    ['with something behind it', `8.8.8.8${' '.repeat(100)}x,本社`],
    ['of quotes', `8.8.8.8${'"'.repeat(5000)}`],
  ])('has no entry that is longer than an address, and names it: %s', async (_, line) => {
    const { lines } = await readPasted(line);
    expect(lines).toEqual([]);
    expect((await toldOf(line))[0]).toMatch(/^「8\.8\.8\.8.{0,30}…」を読み取れません/u);
  });

  it('of ranges that are thousands of networks is read no further than that', async () => {
    const { lines, problems } = await readPasted(
      Array.from({ length: 1000 }, (_, n) => range(n + 1)).join('\n'),
    );
    expect(lines).toEqual([]);
    expect(problems).toMatchObject([
      { line: 16, sentence: { values: { most: 500, count: 3040 } } },
    ]);
  });

  it('has no label that is longer than one may be', async () => {
    const problem = 'メモは100文字以内で入力してください。';
    expect(await toldOf(`8.8.8.8,${'あ'.repeat(1000)}`)).toEqual([problem]);
    expect(await toldOf(`8.8.8.8,${'a\u0327\u0301'.repeat(5000)}`)).toContain(problem);
  });
});

describe('the text of a CSV file', () => {
  const file = 'アドレス,CIDR,メモ\r\n8.8.8.0,24,"本社,3階"\r\n8.8.4.4,,髙橋様宅\r\n';

  it.each([
    ['without a mark', file],
    ['with a byte order mark', `\ufeff${file}`],
  ])('%s is read', async (_, text) => {
    const { lines, problems } = await readPasted(text);
    expect(problems).toEqual([]);
    expect(lines.map(({ networks, label }) => `${networks.join()} ${label}`)).toEqual([
      '8.8.8.0/24 本社,3階',
      '8.8.4.4/32 髙橋様宅',
    ]);
  });
});
