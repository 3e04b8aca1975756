import { logLine } from './lines/log-line.js';
import { TOPICS, type LogTopic } from '../audit/words/topics.js';
import type { Language } from '../web/texts.js';
import type { LogPage } from './query/log-entries.js';
import {
  COMPANY_TOPICS,
  isNarrowed,
  isNarrowedFurther,
  logPath,
  type LogFilter,
} from './log-filter.js';

/** The lines of a page and the links beside them, as the partial `log-lines` takes them. */
export function logView(path: string, filter: LogFilter, shown: LogPage, language: Language) {
  const { entries, newer, older, isSearching } = shown;
  const linkTo = (page: string | null) => page && logPath(path, filter, { page });
  return {
    lines: entries.map((entry) => logLine(entry, language)),
    isNarrowed: isNarrowed(filter),
    isUnfolded: isNarrowedFurther(filter),
    isSearching,
    everything: path,
    hasPages: newer !== null || older !== null,
    latest: newer === null ? null : logPath(path, filter),
    newer: linkTo(newer),
    older: linkTo(older),
  };
}

/** @param offered what was asked for is offered too */
export function topicChoices({ topic }: LogFilter, offered: readonly LogTopic[]) {
  return COMPANY_TOPICS.filter((value) => value === topic || offered.includes(value)).map(
    (value) => ({ value, text: TOPICS[value], chosen: value === topic }),
  );
}
