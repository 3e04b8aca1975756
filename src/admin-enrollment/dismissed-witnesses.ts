import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../database/tables.js';
import type { Witness } from './witness.entity.js';

/** Those of them who still may object: the desk did not send them away in a case of their own. */
export async function withoutDismissed(
  em: EntityManager,
  witnesses: readonly Witness[],
): Promise<Witness[]> {
  const accounts = witnesses.flatMap(({ account }) => account?.id ?? []);
  if (accounts.length === 0) return [...witnesses];
  const dismissed = tables(em).selectFrom('dismissed_accounts').select('id');
  const rows = await dismissed.where('id', 'in', accounts).execute();
  const gone = new Set(rows.map(({ id }) => id));
  return witnesses.filter(({ account }) => !account || !gone.has(account.id));
}
