import type { NamedEntry } from './lines/named-entries.js';
import { logLine, type LogReader } from './lines/log-line.js';
import { csvBytes, csvMoment, csvType, type LostCharacter } from '../web/csv/csv-bytes.js';
import { Download } from '../web/downloads.js';
import { say } from '../web/sentence.js';
import { translate, type Language } from '../web/texts.js';

export const FORMATS = [
  { value: 'utf-8', text: say('CSVをダウンロード（UTF-8）') },
  { value: 'shift_jis', text: say('CSVをダウンロード（Shift_JIS）') },
  { value: 'ndjson', text: say('NDJSONをダウンロード') },
];

type LogFormat = 'utf-8' | 'shift_jis' | 'ndjson';

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
const OF_DESK = [say('法人番号'), say('法人名')];
const LOST = [say('Shift_JISにないため〓で書いた文字'), say('最初の行'), say('文字数')];

export function readFormat(wanted: unknown): LogFormat {
  return wanted === 'shift_jis' || wanted === 'ndjson' ? wanted : 'utf-8';
}

/** @param name of the file, without its ending */
export function logDownload(
  lines: AsyncIterable<Buffer>,
  format: LogFormat,
  name: string,
): Download {
  return format === 'ndjson'
    ? new Download(lines, 'application/x-ndjson; charset=utf-8', `${name}.ndjson`)
    : new Download(lines, csvType(format), `${name}.csv`);
}

/** What is written as 〓 stands in a list at the end of a file in Shift_JIS. */
export function logBytes(
  entries: AsyncIterable<NamedEntry>,
  format: LogFormat,
  language: Language,
  reader: LogReader = 'company',
): AsyncIterable<Buffer> {
  if (format === 'ndjson') return jsonLines(entries, language, reader);
  const told = (lost: LostCharacter[]) => [
    [],
    LOST.map((title) => translate(title, language)),
    ...lost.map(({ code, line, count }) => [code, String(line), String(count)]),
  ];
  return csvBytes(csvCells(entries, language, reader), format, told);
}

async function* csvCells(
  entries: AsyncIterable<NamedEntry>,
  language: Language,
  reader: LogReader,
): AsyncGenerator<string[]> {
  const columns = reader === 'desk' ? [...COLUMNS, ...OF_DESK] : COLUMNS;
  yield columns.map((column) => translate(column, language));
  for await (const entry of entries) {
    const line = logLine(entry, language, reader);
    const { time, who, loginId, what, details, result, why, corporation, ...from } = line;
    const words = [who, loginId, what, details.join(' / '), result, why];
    const company = reader === 'desk' ? [corporation?.number ?? '', corporation?.name ?? ''] : [];
    yield [csvMoment(time), ...words, from.address, from.device, from.requestId, ...company];
  }
}

/** With the words of the log itself, for programs. */
async function* jsonLines(
  entries: AsyncIterable<NamedEntry>,
  language: Language,
  reader: LogReader,
): AsyncGenerator<Buffer> {
  for await (const entry of entries) {
    const { time, outcome, corporation, ...words } = logLine(entry, language, reader);
    const { act, reason } = entry;
    const company = reader === 'desk' && { corporation };
    const line = { at: time, ...words, outcome, act, reason, ...company };
    yield Buffer.from(`${JSON.stringify(line)}\n`);
  }
}
