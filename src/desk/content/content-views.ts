import { shownNotices, shownTiles } from '../../accounts/top/operator-news.js';
import type {
  ApplicationTile,
  ContentEntries,
  ContentKind,
  OperatorNotice,
} from '../../operator-content.js';
import type { FormReading } from '../../web/forms/forms.js';
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

type Role = 'staff' | 'administrator';
type Entry = ContentEntries[ContentKind];

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
  { entries, version, changed }: ContentState<ContentKind>,
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
    isOfFile: version === 0 && hasFile,
    canReturn: version > 0 && hasFile,
    changed,
    as: reader.role,
    ...previewOf(part.kind, entries, reader),
  };
}

interface ShownEntry {
  place?: number;
  version: number;
  entry?: Entry;
  /** It was asked to be shown, and is what the reader looks for. */
  isPreview?: boolean;
  now: Date;
}

/** Of the form of one entry; with an entry, how that is shown in both languages. */
export function entryModel(
  part: ContentPart,
  form: FormReading,
  { place, version, entry, isPreview = false, now }: ShownEntry,
) {
  const role = audienceOf(entry?.roles) === 'staff' ? 'staff' : 'administrator';
  const previews = (['ja', 'en'] as const).map((language) => ({
    language,
    ...previewOf(part.kind, entry ? [withoutDays(entry)] : [], { role, language, now }),
  }));
  return {
    form,
    version,
    path: part.path,
    action: `${part.path}/${place ?? 'new'}`,
    isNew: place === undefined,
    audiences: AUDIENCE_CHOICES,
    icons: ICON_CHOICES,
    previews: entry ? previews : null,
    isPreview,
  };
}

/** @returns undefined where there is no entry, or nothing beside it */
export function moved<T>(entries: T[], place: number, by: number): T[] | undefined {
  const [entry, other] = [entries[place], entries[place + by]];
  if (entry === undefined || other === undefined) return undefined;
  return entries.with(place, other).with(place + by, entry);
}

function detailsOf(entry: Entry, now: Date) {
  if ('url' in entry) return { detail: entry.url, period: null, state: null };
  const today = dayInTokyo(now);
  const { from = '', until = '' } = entry;
  const isOver = until !== '' && until < today;
  const state = isOver ? STATES.over : from > today ? STATES.before : STATES.shown;
  return { detail: entry.text, period: { from, until }, state };
}

/** Shown whenever it will be. */
function withoutDays(entry: Entry): Entry {
  if ('url' in entry) return entry;
  const { until: _, ...others } = entry;
  return others;
}

function previewOf(kind: ContentKind, entries: Entry[], { role, language, now }: Reader) {
  return {
    applications:
      kind === 'applications' ? shownTiles(entries as ApplicationTile[], role, language) : [],
    notices:
      kind === 'notices' ? shownNotices(entries as OperatorNotice[], role, language, now) : [],
  };
}
