import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { emailKey } from '../../accounts/login-id.js';
import { AccountAccess } from '../../auth/account-access.js';
import { sql, sqlOne } from '../../database/sql.js';
import { searchKey } from '../../web/fields.js';

interface Undone {
  targetId: string;
  acts: string[];
  before: { role: string; state: string; email: string };
}

/** Takes back what newcomers did in their probation, as far as it touches who decides for the company. */
@Injectable()
export class ProbationUndo {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
  ) {}

  /** Gives the administrators their state, role and mail address back, in the caller's transaction. */
  async restoreAdministrators(enrollmentId: string): Promise<void> {
    for (const { targetId, acts, before } of await this.#acts(enrollmentId)) {
      const lostRights = acts.some((act) => act === 'deletion' || act === 'suspension');
      if (lostRights || acts.includes('demotion'))
        await sql(
          this.em,
          `update accounts set state = $2, role = $3, suspended_at = null,
                  deleted_at = null, deleted_by = null, deleted_from = null
           where id = $1`,
          [targetId, before.state, before.role],
        );
      if (acts.includes('email-change')) await this.#restoreMailbox(targetId, before.email);
    }
    await sql(
      this.em,
      `update probation_acts set undone_at = genkan_now() where enrollment_id = $1 and undone_at is null`,
      [enrollmentId],
    );
  }

  /** Takes the rights from everybody whom newcomers made administrators. */
  async takeGrantsBack(enrollmentId: string): Promise<void> {
    const granted = await sql<{ id: string }>(
      this.em,
      `update accounts a set role = 'staff' from probation_acts p
       where p.enrollment_id = $1 and p.act = 'grant' and p.undone_at is null
         and a.id = p.target_id and a.role = 'administrator' returning a.id`,
      [enrollmentId],
    );
    for (const { id } of granted) await this.access.endSessionsOf(id);
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

  /** What was done to each administrator, with how things were before the first of it. */
  #acts(enrollmentId: string): Promise<Undone[]> {
    return sql<Undone>(
      this.em,
      `select target_id as "targetId", array_agg(act) as acts,
              (array_agg(before order by id))[1] as before
       from probation_acts
       where enrollment_id = $1 and act <> 'grant' and undone_at is null group by target_id`,
      [enrollmentId],
    );
  }
}
