import type { QueryCreator } from 'kysely';
import { sqlNow } from '../../database/clock.js';
import type { Tables } from '../../database/tables.js';

/**
 * So often a form that led somewhere may come again from the same visit, with whichever entries, and
 * get the cookies of its answer: their seal opens for the right code or password, which must not be
 * tried out on it. For all others it stays closed, so they use nothing up.
 */
export const MOST_ASKED = 10;

/** Counts, before anybody reads where the form led. */
export function asksOf(
  db: QueryCreator<Tables>,
  { id, visitMark }: { id: string; visitMark: string },
) {
  return db
    .updateTable('form_submissions')
    .set((eb) => ({ asked: eb('asked', '+', 1) }))
    .where('id', '=', id)
    .where('visit_mark', '=', visitMark)
    .where('location', 'is not', null);
}

/** What is known of a form that was sent before, with whichever entries. */
export function sentAs(db: QueryCreator<Tables>, id: string) {
  return db
    .selectFrom('form_submissions')
    .select(['location', 'notice', 'visit_mark', 'asked', 'holder', 'acted_at', 'created_at'])
    .select(sqlNow.as('now'))
    .where('id', '=', id);
}
