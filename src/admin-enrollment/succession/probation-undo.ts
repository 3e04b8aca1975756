import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { emailKey } from '../../accounts/login-id.js';
import { AccountAccess } from '../../auth/account-access.js';
import { sql, sqlOne } from '../../database/sql.js';
import { IpObjections } from '../../ip-restriction/versions/ip-objections.js';
import { searchKey } from '../../web/fields.js';
import type { CaseFacts } from './case-facts.js';

interface Before {
  role: string;
  state: string;
  email: string;
}

interface Undone {
  targetId: string;
  acts: string[];
  before: Before;
}

/** What takes an administrator's rights; the other acts leave them. */
const RIGHTS = ['deletion', 'suspension', 'demotion'];

/** Takes back what newcomers did in their probation, as far as it touches who decides for the company. */
@Injectable()
export class ProbationUndo {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly ipLists: IpObjections,
  ) {}

  /**
   * Takes granted rights back, gives the administrators theirs, and ends the newcomers' IP lists, in
   * the caller's transaction. Stop the newcomer first: who administers now is told of the lists.
   */
  async everythingOf({ id: enrollmentId, accountId }: CaseFacts): Promise<void> {
    const accomplices = await this.#takeGrantsBack(enrollmentId);
    for (const { targetId, acts, before } of await this.#acts(enrollmentId)) {
      if (acts.some((act) => RIGHTS.includes(act))) await this.#restoreRights(targetId, before);
      if (acts.includes('email-change')) await this.#restoreMailbox(targetId, before.email);
    }
    await sql(
      this.em,
      `update probation_acts set undone_at = genkan_now() where enrollment_id = $1 and undone_at is null`,
      [enrollmentId],
    );
    for (const author of [accountId!, ...accomplices]) await this.ipLists.endThoseOf(author);
  }

  /** From everybody whom newcomers made administrators. @returns who they were */
  async #takeGrantsBack(enrollmentId: string): Promise<string[]> {
    const granted = await sql<{ id: string }>(
      this.em,
      `update accounts a set role = 'staff' from probation_acts p
       where p.enrollment_id = $1 and p.act = 'grant' and p.undone_at is null
         and a.id = p.target_id and a.role = 'administrator' returning a.id`,
      [enrollmentId],
    );
    for (const { id } of granted) await this.access.endSessionsOf(id);
    return granted.map(({ id }) => id);
  }

  async #restoreRights(accountId: string, { state, role }: Before): Promise<void> {
    await sql(
      this.em,
      `update accounts set state = $2, role = $3, suspended_at = null,
              deleted_at = null, deleted_by = null, deleted_from = null
       where id = $1`,
      [accountId, state, role],
    );
  }

  /** Whoever read the other mailbox may have got in by a recovery: nobody stays signed in. */
  async #restoreMailbox(accountId: string, email: string): Promise<void> {
    const account = await sqlOne<{ name: string; nameKana: string; loginId: string }>(
      this.em,
      `select name, name_kana as "nameKana", login_id as "loginId" from accounts where id = $1`,
      [accountId],
    );
    const { name, nameKana, loginId } = account!;
    await sql(
      this.em,
      'update accounts set email = $2, email_key = $3, search_key = $4 where id = $1',
      [accountId, email, emailKey(email), searchKey(name, nameKana, loginId, email)],
    );
    await this.access.endSessionsOf(accountId);
    // The mailboxes that came between could otherwise take the address back.
    await sql(
      this.em,
      `update email_changes set undo_voided_at = genkan_now()
       where account_id = $1 and former_email <> $2 and undone_at is null and undo_voided_at is null`,
      [accountId, email],
    );
  }

  /**
   * What was done to each administrator, with how things were before the first of it. Of who was
   * deleted and is not known any more, nothing is left to restore.
   */
  #acts(enrollmentId: string): Promise<Undone[]> {
    return sql<Undone>(
      this.em,
      `select p.target_id as "targetId", array_agg(p.act) as acts,
              (array_agg(p.before order by p.id))[1] as before
       from probation_acts p
       join accounts a on a.id = p.target_id and a.anonymised_at is null
       where p.enrollment_id = $1 and p.act <> 'grant' and p.undone_at is null
       group by p.target_id`,
      [enrollmentId],
    );
  }
}
