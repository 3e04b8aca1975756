import type { EntityManager } from '@mikro-orm/postgresql';
import { ForbiddenException } from '@nestjs/common';
import { sql } from 'kysely';
import { sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inCompanyRow } from './company-row.js';
import type { Person, PersonInSession } from '../web/visit.js';

/** Without a session: one who ends a trial from outside, and gave the password in this request. */
type Administrator = Pick<Person, 'accountId' | 'corporationId'> &
  Partial<Pick<PersonInSession, 'sessionId'>>;

/**
 * Holds a company until the caller's transaction ends. Everything that changes who a company's
 * administrators are holds it first, always before any of its accounts, so that nothing deadlocks.
 * @returns the transaction's time
 */
export async function holdCorporation(em: EntityManager, corporationId: string): Promise<Date> {
  const held = tables(em)
    .selectFrom('corporations')
    .select(sqlNow.as('now'))
    .where('id', '=', corporationId)
    .forNoKeyUpdate();
  const { now } = await inCompanyRow(em, corporationId, () => held.executeTakeFirstOrThrow());
  return now;
}

/**
 * The same for an administrator's act. Rights or session may have ended while the request waited
 * for the company, so a second statement, which sees what was committed meanwhile, looks for them.
 * @throws ForbiddenException when the person is no usable administrator any more, or signed out
 */
export async function holdForAdministrator(
  em: EntityManager,
  { accountId, corporationId, sessionId }: Administrator,
): Promise<Date> {
  const now = await holdCorporation(em, corporationId);
  const usable = tables(em)
    .selectFrom('usable_administrators as u')
    .select('u.id')
    .where('u.id', '=', accountId)
    .where('u.corporation_id', '=', corporationId);
  const signedIn = usable
    .innerJoin('sessions as s', 's.account_id', 'u.id')
    .where('s.id', '=', sessionId!);
  const found = await (sessionId ? signedIn : usable).executeTakeFirst();
  if (!found) throw new ForbiddenException('No administrator any more, or the session ended');
  return now;
}

/** The contract with the company ended. Ask once it is held. */
export async function isClosed(em: EntityManager, corporationId: string): Promise<boolean> {
  const closed = tables(em).selectFrom('corporations').select('id').where('state', '=', 'closed');
  return (await closed.where('id', '=', corporationId).executeTakeFirst()) !== undefined;
}

/** The ids of the company's administrators who can sign in (usable-administrator.sql). */
export async function usableAdministrators(
  em: EntityManager,
  corporationId: string,
): Promise<string[]> {
  const usable = tables(em).selectFrom('usable_administrators').select('id');
  const found = await usable.where('corporation_id', '=', corporationId).execute();
  return found.map(({ id }) => id);
}

export async function isAdministered(em: EntityManager, corporationId: string): Promise<boolean> {
  return (await usableAdministrators(em, corporationId)).length > 0;
}

/** How somebody comes in whose account is gone. */
export type WayIn = 'invitation' | 'desk' | 'registration';

/** Newcomers on probation invite nobody and bring nobody back, and first registrations rest beside them. */
export async function wayInto(em: EntityManager, corporationId: string): Promise<WayIn> {
  if ((await approvedAdministrators(em, corporationId)).length > 0) return 'invitation';
  return (await isAdministered(em, corporationId)) ? 'desk' : 'registration';
}

/** The same without newcomers on probation, whom an objection or the desk may still stop. */
export async function approvedAdministrators(
  em: EntityManager,
  corporationId: string,
): Promise<string[]> {
  const found = await tables(em)
    .selectFrom('usable_administrators as u')
    .innerJoin('accounts as a', 'a.id', 'u.id')
    .where('u.corporation_id', '=', corporationId)
    .where(({ or, eb }) =>
      or([eb('a.probation_ends_at', 'is', null), eb('a.probation_ends_at', '<=', sqlNow)]),
    )
    .select('u.id')
    .execute();
  return found.map(({ id }) => id);
}

/** When the first of those on probation may invite; undefined where somebody may, or nobody is there. */
export async function invitationsFrom(
  em: EntityManager,
  corporationId: string,
): Promise<Date | undefined> {
  const { rows } = await sql<{ first: Date | null }>`
    select min(coalesce(a.probation_ends_at, '-infinity')) as first
    from usable_administrators u join accounts a on a.id = u.id
    where u.corporation_id = ${corporationId}
    having min(coalesce(a.probation_ends_at, '-infinity')) > genkan_now()`.execute(tables(em));
  return rows[0]?.first ?? undefined;
}
