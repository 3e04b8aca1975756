import { momentInWords } from '../web/moment-in-words.js';
import type { Language } from '../web/texts.js';
import type { Entry } from './networks/fold-entries.js';
import type { Difference } from './versions/difference.js';

const SHOWN_AT_ONCE = 20;

/** An entry as the tables show it. */
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

/** What the partial `pagination` shows. @param path ends with the query up to the page's number */
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

/** The number of the page that the query names, from 0; the last one when there are fewer. */
export function pageOf(typed: unknown, size: number, total: number): number {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const wanted = typeof typed === 'string' && /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) - 1 : 0;
  return Math.min(wanted, last);
}
