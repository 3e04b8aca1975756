import { readMasterData, type MasterDataCompany } from '../../src/corporations/master-data.js';
import type { NumberFormats } from '../../src/corporations/numbers.js';
import type { FileSource } from '../../src/web/csv/csv-stream.js';
import type { Sentence } from '../../src/web/sentence.js';

export const HEADER = '法人番号,法人名,法人名カナ,お振込先口座番号,請求先メールアドレス';
export const SAKURA = '1001,さくら商事,サクラショウジ,0012345,keiri@sakura.example.jp';

const FORMATS: NumberFormats = { corporateNumberFormat: 'customer', transferAccountDigits: 7 };

/** A file with the Japanese header and these rows. */
export function rows(...lines: string[]): string {
  return [HEADER, ...lines].join('\n');
}

export function read(file: string | Uint8Array, formats = FORMATS) {
  return readMasterData(sourceOf(file), formats);
}

/** A file that comes in one piece. */
export function sourceOf(file: string | Uint8Array): FileSource {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return async function* () {
    yield await Promise.resolve(bytes);
  };
}

/** The companies of a file that must be fine. */
export async function companiesIn(
  file: string | Uint8Array,
  formats = FORMATS,
): Promise<MasterDataCompany[]> {
  const reading = await read(file, formats);
  if (!reading.ok) throw new Error((await refusals(file, formats)).join('\n'));
  return reading.masterData.companies;
}

/** The problems of a file that must have some, as `line: sentence`. */
export async function refusals(file: string | Uint8Array, formats = FORMATS): Promise<string[]> {
  const reading = await read(file, formats);
  if (reading.ok) throw new Error('The file was accepted');
  return reading.problems.map(({ line, sentence }) => `${line}: ${filled(sentence)}`);
}

function filled({ text, values }: Sentence): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
