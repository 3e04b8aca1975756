import { logLine, type LogReader } from './lines/log-line.js';
import { TOPICS } from '../audit/words/topics.js';
import { choicesOf } from '../web/forms/choices.js';
import type { Language } from '../web/texts.js';
import type { LogPage } from './query/log-entries.js';
import { isNarrowed, logPath, type LogFilter } from './log-filter.js';

/** The lines of a page and the links beside them, as the partial `log-lines` takes them. */
export function logView(
  path: string,
  filter: { fields: object },
  shown: LogPage,
  language: Language,
  reader?: LogReader,
) {
  const { entries, newer, older, isSearching } = shown;
  const linkTo = (page: string | null) => page && logPath(path, filter, { page });
  return {
    lines: entries.map((entry) => logLine(entry, language, reader)),
    isNarrowed: isNarrowed(filter),
    isSearching,
    everything: path,
    hasPages: newer !== null || older !== null,
    latest: newer === null ? null : logPath(path, filter),
    newer: linkTo(newer),
    older: linkTo(older),
  };
}

/** @param offered what was asked for is offered too */
export function topicChoices({ topic }: LogFilter, offered: readonly string[]) {
  const all = choicesOf(TOPICS, topic);
  return all.filter(({ value, chosen }) => chosen || offered.includes(value));
}
