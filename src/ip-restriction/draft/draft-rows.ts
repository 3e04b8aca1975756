import { refusedForm, type FormBody, type FormReading, type Problem } from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { Entry } from '../networks/fold-entries.js';
import { labelProblem } from '../networks/label.js';
import { readPasted } from '../networks/read-pasted.js';
import { readNetwork } from '../networks/read-network.js';
import type { Edited } from './ip-drafts.js';
import { readEndDate } from './end-date.js';

/** The entries to add, or the typed form with all its problems. */
export type RowsReading =
  | ({ ok: true } & Edited)
  | {
      ok: false;
      form: FormReading;
      /** Networks that were probably meant, by the field with the typed text. */
      offers: Record<string, string>;
    };

interface Given {
  now: Date;
  allowPrivate: boolean;
  language: Language;
  /** Replaces typed networks by the offered ones. */
  takeOffers?: boolean;
}

const MOST_PROBLEMS = 50;

/** Reads the rows `entries[0][network|label|endsAt]` and skips empty ones. */
export function readRows(rows: readonly FormBody[], given: Given): RowsReading {
  const read: Edited = { entries: [], told: [] };
  const [problems, offers]: [Problem[], Record<string, string>] = [[], {}];
  const filled = rows.map((row, place) => ({ row, place })).filter(({ row }) => isFilled(row));
  for (const { row, place } of filled) {
    const field = (name: string) => `entries[${place}][${name}]`;
    const { network = '', label = '', endsAt = '', offer = '' } = row;
    const reading = readNetwork(given.takeOffers && offer ? offer : network, given.allowPrivate);
    const wrong = labelProblem(label.trim());
    const end = readEndDate(endsAt, given.now);
    if (!reading.ok) problems.push({ name: field('network'), sentence: reading.sentence });
    if (!reading.ok && reading.offer) offers[field('network')] = reading.offer;
    if (wrong) problems.push({ name: field('label'), sentence: wrong });
    if (!end.ok) problems.push({ name: field('endsAt'), sentence: end.sentence });
    if (!reading.ok || wrong || !end.ok) continue;
    for (const one of reading.networks)
      read.entries.push({ network: one, label: label.trim(), endsAt: end.endsAt });
    if (reading.advice) read.told.push(reading.advice.sentence);
  }
  if (filled.length === 0)
    problems.push({ name: 'entries[0][network]', sentence: say('IPアドレスを入力してください。') });
  if (problems.length === 0) return { ok: true, ...read };
  return { ok: false, form: refusedForm(typedRows(rows), ...problems), offers };
}

/** Reads pasted lines; problems name the number of their line. */
export function readLines(pasted: string, given: Given): RowsReading {
  const { lines, problems } = readPasted(pasted, given.allowPrivate);
  if (problems.length > 0) {
    const told = problems.slice(0, MOST_PROBLEMS).map(({ line, sentence }) => {
      const problem = translate(sentence, given.language);
      return {
        name: 'pasted',
        sentence: line ? say('{line}行目：{problem}', { line, problem }) : sentence,
      };
    });
    return { ok: false, form: refusedForm({ pasted }, ...told), offers: {} };
  }
  const entries = lines.flatMap(({ networks, label }) =>
    networks.map((network): Entry => ({ network, label, endsAt: null })),
  );
  return { ok: true, entries, told: lines.flatMap(({ advice }) => advice?.sentence ?? []) };
}

/** The typed values by the names of their fields, to fill the form again. */
export function typedRows(rows: readonly FormBody[]): Record<string, string> {
  const fields = rows.flatMap((row, place) =>
    ['network', 'label', 'endsAt'].map((name) => [`entries[${place}][${name}]`, row[name] ?? '']),
  );
  return Object.fromEntries(fields) as Record<string, string>;
}

function isFilled({ network = '', label = '', endsAt = '' }: FormBody): boolean {
  return `${network}${label}${endsAt}`.trim() !== '';
}
