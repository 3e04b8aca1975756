import type { HTMLElement } from 'node-html-parser';
import type { Visitor } from './browser.js';

/** A line of a log as somebody reads it. */
interface ReadLine {
  who: string;
  what: string;
  result: string;
  from: string;
}

const textOf = (element: HTMLElement | undefined) =>
  (element?.text ?? '').replace(/\s+/g, ' ').trim();

/** The lines of the page, the newest first. */
export function linesOf({ page }: Visitor): ReadLine[] {
  return page.root.querySelectorAll('.gk-table--log tbody tr').map((row) => {
    const cell = (label: string) =>
      textOf(row.querySelectorAll('td').find((td) => td.getAttribute('data-label') === label));
    return {
      who: cell('だれが'),
      what: cell('何を'),
      result: cell('結果'),
      from: cell('どこから'),
    };
  });
}

/** What the lines of a log say, the newest first, under a filter. */
export async function saidIn(
  person: Visitor,
  filter: Record<string, string> = {},
  path = '/log',
): Promise<string[]> {
  await person.opens(`${path}?${new URLSearchParams(filter).toString()}`);
  return linesOf(person).map(({ what }) => what);
}
