import { lookAlikeHost, shownNotices, shownTiles } from '../../accounts/top/operator-news.js';
import type { Role } from '../../identity/role.js';
import {
  entryMark,
  type ApplicationTile,
  type ContentEntries,
  type ContentKind,
  type OperatorNotice,
} from '../../operator-content.js';
import type { FormReading } from '../../web/forms/forms.js';
import { Day } from '../../web/day.js';
import { say } from '../../web/sentence.js';
import { dayInTokyo, type Language } from '../../web/texts.js';
import {
  AUDIENCE_CHOICES,
  audienceInWords,
  audienceOf,
  ICON_CHOICES,
  type ContentPart,
} from './content-kinds.js';
import type { ContentState } from './operator-contents.js';

type Entry = ContentEntries[ContentKind];

const CHANGED_MEANWHILE = say(
  '入力しているあいだに、ほかの方が変更しました。入力した内容は、まだ保存していません。下の現在の内容と比べて、どちらかをお選びください。',
);
const ENDED_MEANWHILE = say(
  '入力しているあいだに、ほかの方が掲載を終了しました。入力した内容は、まだ保存していません。',
);

const STATES = {
  shown: { tone: 'success', text: say('掲載中') },
  before: { tone: 'info', text: say('掲載前') },
  over: { tone: '', text: say('掲載終了') },
};

interface Reader {
  role: Role;
  language: Language;
  now: Date;
}

/** Of the list, with the page as a reader sees it. */
export function listModel(
  part: ContentPart,
  { entries, version, isOfFile, changed }: ContentState<ContentKind>,
  hasFile: boolean,
  reader: Reader,
) {
  const last = entries.length - 1;
  return {
    path: part.path,
    isNotices: part.kind === 'notices',
    rows: entries.map((entry, place) => ({
      place,
      name: part.nameOf(entry),
      isFirst: place === 0,
      isLast: place === last,
      audience: audienceInWords(entry.roles),
      ...detailsOf(entry, reader.now),
    })),
    version,
    isOfFile: isOfFile && hasFile,
    canReturn: !isOfFile && hasFile,
    changed,
    as: reader.role,
    ...previewOf(part.kind, entries, reader),
  };
}

export interface ShownEntry {
  place?: number;
  /** The mark of the entry that the form was filled from; empty for a new one. */
  was: string;
  entry?: Entry;
  /** It was asked to be shown, and is what the reader looks for. */
  isPreview?: boolean;
  /** Somebody else changed or ended the entry meanwhile. */
  conflict?: { current: Entry | undefined; by?: string; at?: Date };
  now: Date;
}

/** Of the form of one entry; with an entry, how that is shown in both languages. */
export function entryModel(
  part: ContentPart,
  form: FormReading,
  { place, was, entry, isPreview = false, conflict, now }: ShownEntry,
) {
  return {
    form,
    was,
    path: part.path,
    action: `${part.path}/${place ?? 'new'}`,
    isNew: place === undefined,
    audiences: AUDIENCE_CHOICES,
    icons: ICON_CHOICES,
    previews: entry ? previewsOf(part.kind, entry, now) : null,
    isPreview,
    conflict: conflict ? conflictView(part.kind, conflict, now) : null,
  };
}

function conflictView(
  kind: ContentKind,
  { current, by, at }: NonNullable<ShownEntry['conflict']>,
  now: Date,
) {
  const previews = current ? previewsOf(kind, current, now) : null;
  return { by: by ?? null, at: at ?? null, previews, isNotice: kind === 'notices' };
}

function previewsOf(kind: ContentKind, entry: Entry, now: Date) {
  const role = audienceOf(entry.roles) === 'staff' ? 'staff' : 'administrator';
  const shown = [entry];
  const on = firstDayOf(entry) ?? now;
  return (['ja', 'en'] as const).map((language) => ({
    language,
    ...previewOf(kind, shown, { role, language, now: on }),
  }));
}

/** What is shown to somebody whose entry at a place is another one by now. */
export function conflictAt({ entries, changed }: ContentState<ContentKind>, place: number) {
  const current = entries[place];
  const sentence = current ? CHANGED_MEANWHILE : ENDED_MEANWHILE;
  return { sentence, was: current ? entryMark(current) : '', conflict: { current, ...changed } };
}

/** @returns where the entry stands now that stood at a place; -1 where somebody changed or ended it */
export function placeNow(entries: Entry[], place: number, mark = ''): number {
  const isIt = (entry: Entry | undefined) => entry !== undefined && entryMark(entry) === mark;
  return isIt(entries[place]) ? place : entries.findIndex(isIt);
}

/** @returns undefined where there is no entry, or nothing beside it */
export function moved<T>(entries: T[], place: number, by: number): T[] | undefined {
  const [entry, other] = [entries[place], entries[place + by]];
  if (entry === undefined || other === undefined) return undefined;
  return entries.with(place, other).with(place + by, entry);
}

function detailsOf(entry: Entry, now: Date) {
  if ('url' in entry)
    return { detail: entry.url, host: lookAlikeHost(entry.url), period: null, state: null };
  const today = dayInTokyo(now);
  const { from = '', until = '' } = entry;
  const isOver = until !== '' && until < today;
  const state = isOver ? STATES.over : from > today ? STATES.before : STATES.shown;
  const period = { from: dayOf(from), until: dayOf(until), isOpen: !from && !until };
  return { detail: entry.text, host: null, period, state };
}

function dayOf(text: string): Day | null {
  return text === '' ? null : Day.written(text);
}

/** On which a notice is shown, whatever today is. */
function firstDayOf(entry: Entry): Date | undefined {
  const text = 'url' in entry ? undefined : (entry.from ?? entry.until);
  return text === undefined ? undefined : Day.written(text).midnight;
}

function previewOf(kind: ContentKind, entries: Entry[], { role, language, now }: Reader) {
  return {
    applications:
      kind === 'applications' ? shownTiles(entries as ApplicationTile[], role, language) : [],
    notices:
      kind === 'notices' ? shownNotices(entries as OperatorNotice[], role, language, now) : [],
  };
}

/** @returns -1, which no place or version is, of anything else */
export function numberIn(typed: string): number {
  return /^\d{1,9}$/.test(typed) ? Number(typed) : -1;
}
