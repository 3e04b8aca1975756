import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlBefore, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { emailKey } from './login-id.js';

const KNOWN = { days: 30 };

/** The mailboxes from which a change of the account's address can still be undone. */
export async function undoableMailboxes(em: EntityManager, account: string): Promise<string[]> {
  return mailboxesIn(await changesOf(em, account).where('undo_ends_at', '>', sqlNow).execute());
}

/** The mailboxes that the account left within the last 30 days. */
export async function recentMailboxes(em: EntityManager, account: string): Promise<string[]> {
  const changes = changesOf(em, account);
  return mailboxesIn(await changes.where('proved_at', '>', sqlBefore(KNOWN)).execute());
}

/** Proved, and not undone: neither itself, nor with an earlier one. */
function changesOf(em: EntityManager, account: string) {
  return tables(em)
    .selectFrom('email_changes')
    .select('former_email as email')
    .where('account_id', '=', account)
    .where('proved_at', 'is not', null)
    .where('undone_at', 'is', null)
    .where('undo_voided_at', 'is', null);
}

function mailboxesIn(changes: { email: string | null }[]): string[] {
  const known = changes.flatMap(({ email }) => email ?? []);
  return [...new Map(known.map((email) => [emailKey(email), email])).values()];
}
