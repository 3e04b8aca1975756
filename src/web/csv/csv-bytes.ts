import iconv from 'iconv-lite';
import { inTokyo } from '../texts.js';
import { csvLine } from './csv-line.js';

type CsvEncoding = 'utf-8' | 'shift_jis';

/** Characters that stand under another number in Windows-31J. */
const TWINS: Record<string, string> = { '〜': '～', '−': '－', '—': '―', '‖': '∥' };

export function readEncoding(wanted: unknown): CsvEncoding {
  return wanted === 'shift_jis' ? 'shift_jis' : 'utf-8';
}

export function csvType(encoding: CsvEncoding): string {
  return `text/csv; charset=${encoding}`;
}

/** A moment that spreadsheets understand, in Japanese time: 2026-11-23 18:30:00. */
export function csvMoment(at: Date | null | undefined): string {
  return at ? inTokyo(at).toISOString().slice(0, 19).replace('T', ' ') : '';
}

/** A character that Shift_JIS does not have: U+9AD9, the first line of the file with it, how many. */
export interface LostCharacter {
  code: string;
  line: number;
  count: number;
}

/** More are not listed. */
const MOST_LOST = 500;

/**
 * A file for spreadsheets: in UTF-8 with a byte order mark, or in what Excel in Japan calls Shift_JIS.
 * @param told the lines at the end that tell of characters that could not be written
 */
export async function* csvBytes(
  lines: AsyncIterable<string[]>,
  encoding: CsvEncoding,
  told?: (lost: LostCharacter[]) => string[][],
): AsyncGenerator<Buffer> {
  const lost = new Map<string, LostCharacter>();
  let line = 0;
  if (encoding === 'utf-8') yield Buffer.from('\uFEFF');
  for await (const cells of lines) {
    line += 1;
    yield encoded(csvLine(cells), encoding, (character) => note(lost, character, line));
  }
  if (!told || lost.size === 0) return;
  for (const cells of told([...lost.values()]))
    yield encoded(csvLine(cells), encoding, () => undefined);
}

function note(lost: Map<string, LostCharacter>, character: string, line: number): void {
  const known = lost.get(character);
  if (known) known.count += 1;
  else if (lost.size < MOST_LOST) {
    const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    lost.set(character, { code, line, count: 1 });
  }
}

function encoded(text: string, encoding: CsvEncoding, onLost: (character: string) => void): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  return iconv.encode(isInWindows31J(text) ? text : replaced(text, onLost), 'cp932');
}

/** 〓 stands for what Windows-31J does not have, as in print. */
function replaced(text: string, onLost: (character: string) => void): string {
  const written = (character: string) => {
    const twin = TWINS[character] ?? character;
    if (isInWindows31J(twin)) return twin;
    onLost(character);
    return '〓';
  };
  return [...text].map(written).join('');
}

function isInWindows31J(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;
}
