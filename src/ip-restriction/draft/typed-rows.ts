import type { FormBody, FormReading } from '../../web/forms/forms.js';
import { endDateOf } from '../lists/end-date.js';
import type { Entry } from '../networks/fold-entries.js';
import { cleanNetwork, LONGEST_NETWORK } from '../networks/read-network.js';

/** The rows that were sent, or one empty row. */
export function rowViews(form: FormReading, offers: Record<string, string>) {
  const sent = Object.keys(form.values).filter((name) => name.endsWith('[network]')).length;
  const count = Math.max(1, sent);
  return Array.from({ length: count }, (_, place) => ({
    number: count > 1 ? place + 1 : null,
    network: nameOf(place, 'network'),
    label: nameOf(place, 'label'),
    endsAt: nameOf(place, 'endsAt'),
    offerName: nameOf(place, 'offer'),
    offer: offers[nameOf(place, 'network')] ?? null,
  }));
}

export function typedRows(rows: readonly FormBody[]): Record<string, string> {
  const fields = rows.flatMap((row, place) =>
    ['network', 'label', 'endsAt'].map((field) => [nameOf(place, field), shownAgain(field, row)]),
  );
  return Object.fromEntries(fields) as Record<string, string>;
}

function shownAgain(field: string, { [field]: typed = '' }: FormBody): string {
  return field === 'network' && typed.length <= LONGEST_NETWORK ? cleanNetwork(typed) : typed;
}

export function nameOf(place: number, field: string): string {
  return `entries[${place}][${field}]`;
}

/** A line as it is in the draft, such as one that was opened to be changed. */
export function isListed(row: FormBody, entries: readonly Entry[]): boolean {
  const { network = '', label = '', endsAt = '' } = row;
  return entries.some(
    (entry) =>
      entry.network === network.trim() &&
      entry.label === label.trim() &&
      endDateOf(entry.endsAt) === endsAt.trim(),
  );
}

export function isPasted(pasted: string): boolean {
  return pasted.trim() !== '';
}

export function isFilled({ network = '', label = '', endsAt = '' }: FormBody): boolean {
  return `${network}${label}${endsAt}`.trim() !== '';
}
