import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { sql } from '../../database/sql.js';
import { ActivationLinks } from '../activation/activation-links.js';
import type { CaseFacts } from './case-facts.js';

/** What becomes of a newcomer in the end, each in the caller's transaction. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ActivationLinks,
    private readonly access: AccountAccess,
  ) {}

  /** The newcomer stays. Who never proved the mailbox still has to, by a new link. */
  async stay({ id, accountId, activatedAt }: CaseFacts): Promise<void> {
    const isActivated = activatedAt !== null;
    await sql(
      this.em,
      `update enrollments set state = $2, decided_at = genkan_now(),
              started_at = case when $2 = 'approved' then started_at else genkan_now() end
       where id = $1`,
      [id, isActivated ? 'approved' : 'awaiting-activation'],
    );
    await sql(
      this.em,
      `update accounts set state = $2, in_case = false, held_until = null, suspended_at = null
       where id = $1`,
      [accountId, isActivated ? 'active' : 'registered'],
    );
    if (!isActivated) await this.links.send(accountId!);
  }

  /** The newcomer goes: the account is deleted, and whatever it could act with ends. */
  async leave({ id, accountId, activatedAt }: CaseFacts): Promise<void> {
    await sql(
      this.em,
      `update enrollments set state = 'refused', decided_at = genkan_now() where id = $1`,
      [id],
    );
    await this.access.endSessionsOf(accountId!);
    await sql(
      this.em,
      activatedAt
        ? `update accounts set state = 'deleted', in_case = false, held_until = null,
                  deleted_at = genkan_now(), deleted_from = 'active' where id = $1`
        : 'delete from accounts where id = $1',
      [accountId],
    );
  }
}
