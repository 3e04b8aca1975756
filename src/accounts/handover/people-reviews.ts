import { EntityManager, QueryOrder } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { PeopleReview } from './people-review.entity.js';

const SHOWN = 50;

/** 棚卸し: is every account still needed? */
@Injectable()
export class PeopleReviews {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** At most 50 other people of the company: those who never signed in, then the longest away. */
  others({ corporationId: corporation, accountId }: SignedIn): Promise<Account[]> {
    const others = { corporation, id: { $ne: accountId } };
    return this.em.find(
      Account,
      { ...others, state: { $in: ['active', 'suspended'] } },
      {
        orderBy: [
          { lastSignInAt: QueryOrder.ASC_NULLS_FIRST },
          { activatedAt: 'asc' },
          { id: 'asc' },
        ],
        limit: SHOWN,
      },
    );
  }

  /** With the reviewer; undefined when the company never looked and changed no setting. */
  async find({ corporationId: corporation }: SignedIn): Promise<PeopleReview | undefined> {
    const stored = { populate: ['reviewedBy'], refresh: true } as const;
    return (await this.em.findOne(PeopleReview, { corporation }, stored)) ?? undefined;
  }

  /** Somebody looked at all accounts: nothing asks for it until the next occasion. */
  async complete(person: SignedIn): Promise<void> {
    await inTransaction(this.em, async () => {
      const { corporationId: corporation, accountId: reviewedBy } = person;
      const reviewedAt = await holdForAdministrator(this.em, person);
      await this.em.upsert(PeopleReview, { corporation, reviewedAt, reviewedBy });
      await this.audit.done('people-review', person);
    });
  }

  async remind(person: SignedIn, reminders: boolean): Promise<void> {
    await inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, person);
      await this.em.upsert(PeopleReview, { corporation: person.corporationId, reminders });
      await this.audit.done('people-review-reminders', person, { reminders });
    });
  }
}
