import { momentInWords } from '../../web/moment-in-words.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import type { Entry } from '../networks/fold-entries.js';
import type { Difference } from './difference.js';
import type { IpVersion, IpVersionState } from './ip-version.entity.js';

const SHOWN_AT_ONCE = 20;

export function entryView({ network, label, endsAt }: Entry, language: Language) {
  return { network, label, end: endsAt && momentInWords(endsAt, language) };
}

/** A difference as the partial `ip-difference` shows it. */
export function differenceView({ added, removed, changed }: Difference, language: Language) {
  const views = (entries: Entry[]) => entries.map((entry) => entryView(entry, language));
  const count = added.length + removed.length + changed.length;
  return {
    added: views(added),
    removed: views(removed),
    changed: views(changed),
    isShort: count <= SHOWN_AT_ONCE,
  };
}

type EndWords = (list: { name: string; end: string }) => { word: Sentence; sentence: Sentence };

const END_WORDS: Record<IpVersionState, EndWords | null> = {
  confirmed: null,
  'on-trial': ({ end }) => ({ word: say('試行中'), sentence: say('{end}まで', { end }) }),
  lapsed: ({ end: time }) => ({
    word: say('試行の終了'),
    sentence: say('確定されないまま、{time}に終わりました。', { time }),
  }),
  stopped: ({ name, end: time }) => ({
    word: say('試行の終了'),
    sentence: say('{name} 様、{time}', { name, time }),
  }),
  objection: ({ end: time }) => ({
    word: say('取り消し'),
    sentence: say('管理者の追加への異議により、{time}に取り消されました。', { time }),
  }),
};

/** The end of a list, past or to come; null for a confirmed list. */
export function endView(list: IpVersion, language: Language) {
  const moment = list.endedAt ?? list.trialEndsAt;
  const end = moment ? momentInWords(moment, language) : '';
  const words = END_WORDS[list.stateNow as IpVersionState];
  return words?.({ name: list.endedByName ?? '', end }) ?? null;
}

/** The model of the partial `pagination`. @param path up to the page's number in the query */
export function pagination(here: number, size: number, total: number, path: string) {
  return {
    from: Math.min(total, here * size + 1),
    to: Math.min(total, (here + 1) * size),
    total,
    isMore: false,
    previous: here > 0 ? `${path}${here}` : null,
    next: (here + 1) * size < total ? `${path}${here + 2}` : null,
  };
}

export function pageOf(typed: unknown, size: number, total: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const wanted = typeof typed === 'string' && /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) - 1 : 0;
  return Math.min(wanted, last);
}
