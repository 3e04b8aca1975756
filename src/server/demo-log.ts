import { renameSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import type { Config } from '../config.js';
import { say } from '../web/sentence.js';
import { translate } from '../web/texts.js';
import { logOptions } from './logged-fault.js';

/** A start that failed says why by itself. */
const ENDS = '{"level":60,';

export function demoLogFile({ dataDir }: Config): string {
  return join(dataDir, 'genkan.log');
}

/**
 * The demo's log lies beside its data, because people read the terminal. What goes wrong shows there
 * too, in a sentence.
 */
export function demoLog(config: Config): Logger {
  const file = demoLogFile(config);
  const lines = pino.destination({ dest: file, mkdir: true, sync: true });
  // A full disk costs the log, not the demo.
  lines.on('error', () => undefined);
  const tell = (line: string) => {
    if (!line.startsWith(ENDS)) process.stderr.write(`${faultIn(line, config)}\n`);
  };
  const streams = [
    { level: config.logLevel, stream: lines },
    { level: 'error', stream: { write: tell } },
  ];
  return pino(
    { ...logOptions, level: config.logLevel },
    pino.multistream(streams as pino.StreamEntry[]),
  );
}

/** Each start has a log of its own; the one before it stays beside it, as `genkan.log.1`. */
export function beginDemoLog(config: Config): void {
  const file = demoLogFile(config);
  try {
    renameSync(file, `${file}.1`);
  } catch {
    // The first start has none.
  }
}

function faultIn(line: string, config: Config): string {
  const { msg, cause, err } = JSON.parse(line) as Record<string, string> & {
    err?: { message: string };
  };
  const message = [msg, cause ?? err?.message].filter(Boolean).join(' – ');
  const file = demoLogFile(config);
  const told = say('問題が起きました：{message}（詳しくは {file}）', { message, file });
  return translate(told, config.terminalLanguage);
}
