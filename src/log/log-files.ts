import type { NamedEntry } from './lines/named-entries.js';
import { logLine } from './lines/log-line.js';
import { csvBytes, csvMoment, type LostCharacter } from '../web/csv/csv-bytes.js';
import { say } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';

export const FORMATS = [
  { value: 'utf-8', text: say('CSVをダウンロード（UTF-8）') },
  { value: 'shift_jis', text: say('CSVをダウンロード（Shift_JIS）') },
  { value: 'ndjson', text: say('NDJSONをダウンロード') },
];

export type LogFormat = 'utf-8' | 'shift_jis' | 'ndjson';

const COLUMNS = [
  say('日時'),
  say('だれが'),
  say('ログインID'),
  say('何を'),
  say('補足'),
  say('結果'),
  say('結果の理由'),
  say('接続元'),
  say('端末'),
  say('リクエスト番号'),
];
const LOST = [say('Shift_JISにないため〓で書いた文字'), say('最初の行'), say('文字数')];

export function readFormat(wanted: unknown): LogFormat {
  return wanted === 'shift_jis' || wanted === 'ndjson' ? wanted : 'utf-8';
}

/** What is written as 〓 stands in a list at the end of a file in Shift_JIS. */
export function logBytes(
  entries: AsyncIterable<NamedEntry>,
  format: LogFormat,
  language: Language,
): AsyncIterable<Buffer> {
  if (format === 'ndjson') return jsonLines(entries, language);
  const told = (lost: LostCharacter[]) => [
    [],
    LOST.map((title) => translate(title, language)),
    ...lost.map(({ code, line, count }) => [code, String(line), String(count)]),
  ];
  return csvBytes(csvCells(entries, language), format, told);
}

async function* csvCells(
  entries: AsyncIterable<NamedEntry>,
  language: Language,
): AsyncGenerator<string[]> {
  yield COLUMNS.map((column) => translate(column, language));
  for await (const entry of entries) {
    const { time, who, loginId, what, details, result, why, ...from } = logLine(entry, language);
    const words = [who, loginId, what, details.join(' / '), result, why];
    yield [csvMoment(time), ...words, from.address, from.device, from.requestId];
  }
}

/** With the words of the log itself, for programs. */
async function* jsonLines(
  entries: AsyncIterable<NamedEntry>,
  language: Language,
): AsyncGenerator<Buffer> {
  for await (const entry of entries) {
    const { time, outcome, ...words } = logLine(entry, language);
    const { act, reason } = entry;
    yield Buffer.from(`${JSON.stringify({ at: time, ...words, outcome, act, reason })}\n`);
  }
}
