import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { CompromisedPasswords } from '../../auth/compromised-passwords.js';
import { sql } from '../../database/sql.js';
import { emailKey } from '../../identity/login-id.js';
import { IpObjections } from '../../ip-restriction/versions/ip-objections.js';
import type { CaseFacts } from './case-facts.js';

interface Undone {
  targetId: string;
  /** How things were before the first act of the kind; null where there was none. */
  rights: { role: string; state: string } | null;
  mailbox: string | null;
  mailboxSince: Date | null;
}

/** An address that the newcomer asked for was proved; who only asked changed nothing. */
const EXCHANGED = `p.act = 'email-change' and exists (
  select from email_changes c join email_changes asked using (account_id, email)
  where c.account_id = p.target_id and c.proved_at >= p.at and c.undone_at is null
    and asked.requested_by = p.actor_id)`;

/** Takes back what newcomers did in their probation, as far as it touches who decides for the company. */
@Injectable()
export class ProbationUndo {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly compromisedPasswords: CompromisedPasswords,
    private readonly ipLists: IpObjections,
  ) {}

  /**
   * Takes granted rights back, gives the administrators theirs, and ends the newcomers' IP lists, in
   * the caller's transaction. Stop the newcomer first: who administers now is told of the lists.
   */
  async everythingOf({ id: enrollmentId, accountId, startedAt }: CaseFacts): Promise<void> {
    const granted = await this.#takeGrantsBack(enrollmentId);
    for (const { targetId, rights, mailbox, mailboxSince } of await this.#acts(enrollmentId)) {
      if (rights) await this.#restoreRights(targetId, rights);
      if (mailbox !== null) await this.#restoreMailbox(targetId, mailbox, mailboxSince!);
    }
    await sql(
      this.em,
      `update probation_acts set undone_at = genkan_now() where enrollment_id = $1 and undone_at is null`,
      [enrollmentId],
    );
    if (accountId) await this.ipLists.endThoseOf(accountId, startedAt);
    for (const { id, at } of granted) await this.ipLists.endThoseOf(id, at);
  }

  /** From everybody whom newcomers made administrators. @returns who they are, and since when */
  async #takeGrantsBack(enrollmentId: string): Promise<{ id: string; at: Date }[]> {
    const granted = await sql<{ id: string; at: Date }>(
      this.em,
      `select target_id as id, min(at) as at from probation_acts
       where enrollment_id = $1 and act = 'grant' and undone_at is null group by target_id`,
      [enrollmentId],
    );
    for (const { id } of granted) {
      await sql(this.em, `update accounts set role = 'staff' where id = $1`, [id]);
      await this.access.endSessionsOf(id);
    }
    return granted;
  }

  async #restoreRights(
    accountId: string,
    { state, role }: NonNullable<Undone['rights']>,
  ): Promise<void> {
    await sql(
      this.em,
      `update accounts set state = $2, role = $3, suspended_at = null,
              deleted_at = null, deleted_by = null, deleted_from = null
       where id = $1`,
      [accountId, state, role],
    );
  }

  /** Whoever read the other mailbox may have got in by a recovery: nobody gets in by that any more. */
  async #restoreMailbox(accountId: string, email: string, since: Date): Promise<void> {
    await sql(this.em, 'update accounts set email = $2, email_key = $3 where id = $1', [
      accountId,
      email,
      emailKey(email),
    ]);
    await this.access.endSessionsOf(accountId);
    await this.compromisedPasswords.endThoseSince(accountId, since);
    // The mailboxes that came between could otherwise take the address back.
    await sql(
      this.em,
      `update email_changes set undo_voided_at = genkan_now()
       where account_id = $1 and former_email <> $2 and undone_at is null and undo_voided_at is null`,
      [accountId, email],
    );
  }

  /**
   * What was done to each administrator. Of who was deleted and is not known any more, nothing is
   * left to restore.
   */
  #acts(enrollmentId: string): Promise<Undone[]> {
    return sql<Undone>(
      this.em,
      `select p.target_id as "targetId",
              ${first('p.before', `p.act in ('deletion', 'suspension', 'demotion')`)} as rights,
              ${first(`p.before->>'email'`, EXCHANGED)} as mailbox,
              ${first('p.at', EXCHANGED)} as "mailboxSince"
       from probation_acts p
       join accounts a on a.id = p.target_id and a.anonymised_at is null
       where p.enrollment_id = $1 and p.act <> 'grant' and p.undone_at is null
       group by p.target_id`,
      [enrollmentId],
    );
  }
}

function first(value: string, condition: string): string {
  return `(array_agg(${value} order by p.id) filter (where ${condition}))[1]`;
}
