import { csvLine } from '../../src/web/csv/csv-line.js';
import { CsvRows, type CsvRow } from '../../src/web/csv/csv-rows.js';
import { streamCsv } from '../../src/web/csv/csv-stream.js';

const WRONG_QUOTES = '引用符（"）の使い方が正しくない';
const TOO_LONG = 'この行は長すぎる';

function rowsOf(pieces: string[], delimiter = ','): { rows: CsvRow[]; problem: string } {
  const reading = new CsvRows(delimiter);
  const rows = pieces.flatMap((piece) => reading.read(piece));
  const last = reading.end();
  const { line = 0, sentence } = reading.problem ?? {};
  return {
    rows: last ? [...rows, last] : rows,
    problem: sentence ? `${line} ${sentence.text}` : '',
  };
}

const inCharacters = (text: string) => text.split('');

it.each<[string, string, [number, ...string[]][]]>([
  [
    'cells',
    'a,b\nc,d\n',
    [
      [1, 'a', 'b'],
      [2, 'c', 'd'],
    ],
  ],
  [
    'no line end at the end',
    'a,b\nc',
    [
      [1, 'a', 'b'],
      [2, 'c'],
    ],
  ],
  [
    'empty cells',
    ',a,\n"",b',
    [
      [1, '', 'a', ''],
      [2, '', 'b'],
    ],
  ],
  ['empty rows', '\n , \n"",\na\n\n', [[4, 'a']]],
  [
    'space around cells',
    ' a b ,\u3000c\n " d " ,e',
    [
      [1, 'a b', 'c'],
      [2, ' d ', 'e'],
    ],
  ],
  [
    'quotes in quotes',
    '"a""b",""""\n"""a"""',
    [
      [1, 'a"b', '"'],
      [2, '"a"'],
    ],
  ],
  [
    'delimiters and line ends in quotes',
    '"a,b\n\nc",d\ne',
    [
      [1, 'a,b\n\nc', 'd'],
      [4, 'e'],
    ],
  ],
])('reads whole and in single characters: %s', (_, text, expected) => {
  const rows = expected.map(([line, ...cells]) => ({ line, cells }));
  expect(rowsOf([text])).toEqual({ rows, problem: '' });
  expect(rowsOf(inCharacters(text))).toEqual({ rows, problem: '' });
});

it('reads cells from a spreadsheet, of which the last may be empty', () => {
  expect(rowsOf(['a\t\t"b"\t\nc,d'], '\t').rows).toEqual([
    { line: 1, cells: ['a', '', 'b', ''] },
    { line: 2, cells: ['c,d'] },
  ]);
});

it.each([
  ['a quote in a cell', 'a"', WRONG_QUOTES],
  ['a quote behind a quoted cell', '"a" "', WRONG_QUOTES],
  ['text behind a quoted cell', '"a"b,', WRONG_QUOTES],
  ['text and a space behind it', '"a" b,', WRONG_QUOTES],
  ['an open quote', '"a', WRONG_QUOTES],
  ['101 cells', 'a,'.repeat(100), TOO_LONG],
  ['a long cell', 'x'.repeat(4_001), TOO_LONG],
  ['a long cell of quotes', `"${'""'.repeat(4_001)}"`, TOO_LONG],
  ['an open quote before many lines', `"a${'\nb'.repeat(2_000)}`, TOO_LONG],
])('reads nothing from its line on: %s', (_, wrong, words) => {
  for (const pieces of [[`a\nb,c\n${wrong}`], inCharacters(`a\nb,c\n${wrong}\nd,e\n`)]) {
    const { rows, problem } = rowsOf(pieces);
    expect(rows.map(({ cells }) => cells)).toEqual([['a'], ['b', 'c']]);
    expect(problem).toMatch(new RegExp(`^3 .*${words}`));
  }
});

it('takes 100 cells of 4,000 characters', () => {
  const row = Array.from({ length: 100 }, () => 'x'.repeat(4_000)).join();
  expect(rowsOf([row, '\n', row]).rows).toHaveLength(2);
});

describe('a file that nobody wrote', () => {
  const file = Buffer.from(`a,b\nc,d\n${'a"'.repeat(250_000)}`);

  it('is read by a command up to its first wrong quote', async () => {
    const read = [];
    for await (const line of streamCsv(async function* () {
      yield file;
    }))
      read.push(line);
    expect(read).toMatchObject([{ ok: true }, { ok: true }, { ok: false, problem: { line: 3 } }]);
  });
});

it.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '−'])(
  'a cell that begins with %j is no formula',
  (first) => {
    expect(csvLine([`${first}1+1`])).toBe(`"'${first}1+1"\r\n`);
  },
);
