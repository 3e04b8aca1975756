import { say, type Sentence } from '../sentence.js';

/** The field that says, in place of a chosen file's text, why there is none. */
export const UNREAD_FILE = 'unreadFile';

/** By their first bytes. */
const KINDS: Record<string, (RegExp | string)[]> = {
  workbook: ['PK\x03\x04', '\xd0\xcf\x11\xe0'],
  picture: ['\xff\xd8\xff', '\x89PNG', 'GIF8', /^....ftyp(?:hei|hev|mif|avif)/s],
  pdf: ['%PDF'],
};

const SENTENCES: Record<string, Sentence> = {
  empty: say('選択されたファイルは空です。内容をご確認のうえ、もう一度選んでください。'),
  workbook: say(
    'Excelのブック（.xlsx・.xls）は読み取れません。Excelの「名前を付けて保存」で「CSV UTF-8」を選んで保存してください。',
  ),
  picture: say(
    '選択されたファイルは画像で、CSVファイルではありません。Excelでは「名前を付けて保存」で「CSV UTF-8」を選んで保存してください。',
  ),
  pdf: say(
    '選択されたファイルはPDFで、CSVファイルではありません。Excelでは「名前を付けて保存」で「CSV UTF-8」を選んで保存してください。',
  ),
  binary: say(
    '選択されたファイルは、CSVファイルではありません。Excelでは「名前を付けて保存」で「CSV UTF-8」を選んで保存してください。',
  ),
};

/** @returns undefined for a file that may be text */
export function whyUnread(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'empty';
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const fits = (sign: RegExp | string) =>
    typeof sign === 'string' ? beginning.startsWith(sign) : sign.test(beginning);
  const kind = Object.keys(KINDS).find((name) => KINDS[name]!.some(fits));
  return kind ?? (bytes.includes(0) ? 'binary' : undefined);
}

/** @param why as the form says it; browsers send whatever they want */
export function unreadFileSentence(why: string | undefined): Sentence | undefined {
  return why !== undefined && Object.hasOwn(SENTENCES, why) ? SENTENCES[why] : undefined;
}
