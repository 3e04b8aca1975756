import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Role } from '../../identity/role.js';
import type { Person, Visit } from '../../web/visit.js';

/** Somebody with an account, and since when they have not been here. */
export interface AwayPerson {
  id: string;
  name: string;
  loginId: string;
  role: Role;
  lastSignInAt: Date | null;
  isLongAway: boolean;
}

/** What is known of a company's reviews; without any, both are null. */
export interface PeopleReview {
  reviewedAt: Date | null;
  reviewer: string | null;
  reminders: boolean;
}

export const LONG_AWAY_DAYS = 180;
const SHOWN = 50;

/** 棚卸し: is every account still needed? */
@Injectable()
export class PeopleReviews {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** At most 50 other people of the company: those who never signed in, then the longest away. */
  away({ corporationId, accountId }: Person): Promise<AwayPerson[]> {
    return sql(
      this.em,
      `select id, name, login_id as "loginId", role, last_sign_in_at as "lastSignInAt",
              coalesce(last_sign_in_at < genkan_now() - make_interval(days => $3), false) as "isLongAway"
       from accounts where corporation_id = $1 and id <> $2 and state in ('active', 'suspended')
       order by last_sign_in_at nulls first, activated_at, id limit $4`,
      [corporationId, accountId, LONG_AWAY_DAYS, SHOWN],
    );
  }

  async find({ corporationId }: Person): Promise<PeopleReview> {
    const found = await sqlOne<PeopleReview>(
      this.em,
      `select r.reviewed_at as "reviewedAt", a.name as reviewer, r.reminders
       from people_reviews r left join accounts a on a.id = r.reviewed_by where r.corporation_id = $1`,
      [corporationId],
    );
    return found ?? { reviewedAt: null, reviewer: null, reminders: true };
  }

  /** Somebody looked at all accounts: nothing asks for it until the next occasion. */
  async complete({ corporationId, accountId }: Person, visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      await sql(
        this.em,
        `insert into people_reviews (corporation_id, reviewed_at, reviewed_by)
         values ($1, genkan_now(), $2)
         on conflict (corporation_id) do update
         set reviewed_at = excluded.reviewed_at, reviewed_by = excluded.reviewed_by`,
        [corporationId, accountId],
      );
      const entry = { act: 'people-review', reason: 'done', corporationId, accountId } as const;
      await this.audit.record({ ...entry, visit });
    });
  }

  /** Whether the company's administrators are reminded twice a year. */
  async remind(
    { corporationId, accountId }: Person,
    reminders: boolean,
    visit: Visit,
  ): Promise<void> {
    await inTransaction(this.em, async () => {
      await sql(
        this.em,
        `insert into people_reviews (corporation_id, reminders) values ($1, $2)
         on conflict (corporation_id) do update set reminders = excluded.reminders`,
        [corporationId, reminders],
      );
      const entry = { act: 'people-review-reminders', reason: 'done' } as const;
      const facts = { reminders };
      await this.audit.record({ ...entry, corporationId, accountId, facts, visit });
    });
  }
}
