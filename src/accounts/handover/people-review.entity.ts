import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';

export const PeopleReviewSchema = defineEntity({
  name: 'PeopleReview',
  tableName: 'people_reviews',
  properties: {
    corporation: () =>
      p.manyToOne(Corporation).primary().updateRule('no action').deleteRule('cascade'),
    reviewedAt: p.datetime().nullable(),
    reviewedBy: () =>
      p.manyToOne(Account).fieldName('reviewed_by').deleteRule('set null').nullable(),
    reminders: p.boolean().default(true),
    remindedAt: p.datetime().nullable(),
  },
});

/** When a company last looked whether all of its accounts are still needed, and whether it is reminded to. */
export class PeopleReview extends PeopleReviewSchema.class {}

PeopleReviewSchema.setClass(PeopleReview);
