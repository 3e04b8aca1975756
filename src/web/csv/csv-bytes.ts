import iconv from 'iconv-lite';
import { csvLine } from './csv-line.js';

export type CsvEncoding = 'utf-8' | 'shift_jis';

/** Characters that stand under another number in Windows-31J. */
const TWINS: Record<string, string> = { '〜': '～', '−': '－', '—': '―', '‖': '∥' };

const moment = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

export function readEncoding(wanted: unknown): CsvEncoding {
  return wanted === 'shift_jis' ? 'shift_jis' : 'utf-8';
}

/** A moment that spreadsheets understand, in Japanese time: 2026-11-23 18:30:00. */
export function csvMoment(at: Date | null | undefined): string {
  return at ? moment.format(at) : '';
}

/** A file for spreadsheets: in UTF-8 with a byte order mark, or in what Excel in Japan calls Shift_JIS. */
export async function* csvBytes(
  lines: AsyncIterable<string[]>,
  encoding: CsvEncoding,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') yield Buffer.from('\uFEFF');
  for await (const cells of lines) yield encoded(csvLine(cells), encoding);
}

function encoded(text: string, encoding: CsvEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  return iconv.encode(isInWindows31J(text) ? text : replaced(text), 'cp932');
}

/** 〓 stands for what Windows-31J does not have, as in print. */
function replaced(text: string): string {
  return [...text]
    .map((character) => TWINS[character] ?? character)
    .map((character) => (isInWindows31J(character) ? character : '〓'))
    .join('');
}

function isInWindows31J(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character;
}
