import { Day } from '../../web/day.js';
import { numberedPages } from '../../web/pagination.js';
import { say, type Sentence } from '../../web/sentence.js';
import { timeline, type Timeline } from '../../web/timeline.js';
import type { Entry } from '../networks/fold-entries.js';
import type { Difference } from './difference.js';
import type { IpVersion, IpVersionState } from './ip-version.entity.js';

const SHOWN_AT_ONCE = 20;

export function entryView({ network, label, endsAt }: Entry) {
  return { network, label, end: endsAt && Day.lastBefore(endsAt) };
}

/** A difference as the partial `ip-difference` shows it. */
export function differenceView({ added, removed, changed }: Difference) {
  const isShort = added.length + removed.length + changed.length <= SHOWN_AT_ONCE;
  const [views, gone, others] = [added, removed, changed].map((entries) => entries.map(entryView));
  return { added: views, removed: gone, changed: others, isShort };
}

type EndWords = (list: { name: string; end: Date }) => { word: Sentence; sentence: Sentence };

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
    sentence: say('管理者の追加登録への異議申し立てにより、{time}に取り消されました。', { time }),
  }),
};

/** The timeline of a list that is on trial now. */
export function trialLine({ createdAt, trialEndsAt }: IpVersion, now: Date): Timeline {
  return timeline(now, [
    { label: say('開始'), at: createdAt },
    { label: say('自動で元に戻る'), at: trialEndsAt! },
  ]);
}

/** The end of a list, past or to come; null for a confirmed list. */
export function endView({ endedAt, trialEndsAt, endedByName, stateNow }: IpVersion) {
  const end = endedAt ?? trialEndsAt;
  return (end && END_WORDS[stateNow as IpVersionState]?.({ name: endedByName ?? '', end })) ?? null;
}

/** The model of the partial `pagination`; null for a single page. @param path up to the page's number in the query */
export function pagination(here: number, size: number, total: number, path: string) {
  return total > size ? numberedPages(here + 1, size, total, (number) => `${path}${number}`) : null;
}

export function pageOf(typed: unknown, size: number, total: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const wanted = typeof typed === 'string' && /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) - 1 : 0;
  return Math.min(wanted, last);
}
