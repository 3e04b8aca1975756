import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';

export const SecondFactorReminderSchema = defineEntity({
  name: 'SecondFactorReminder',
  tableName: 'second_factor_reminders',
  properties: {
    account: () => p.manyToOne(Account).primary().updateRule('no action').deleteRule('cascade'),
    dueAt: p.datetime().primary(),
    daysBefore: p.smallint().primary(),
  },
});

/** One that went out, for one day; another day has reminders of its own. */
export class SecondFactorReminder extends SecondFactorReminderSchema.class {}

SecondFactorReminderSchema.setClass(SecondFactorReminder);
