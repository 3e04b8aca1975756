import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import type { DeskAct } from './desk-act.js';
import { Enrollment } from './enrollment.entity.js';

export const AppointmentSchema = defineEntity({
  name: 'Appointment',
  tableName: 'appointments',
  indexes: [{ name: 'appointments_by_account', properties: ['account'] }],
  properties: {
    enrollment: () =>
      p.manyToOne(Enrollment).primary().updateRule('no action').deleteRule('cascade'),
    name: p.text(),
    nameKana: p.text(),
    email: p.text(),
    /** The name of somebody of the desk; somebody else confirms. */
    appointedBy: p.text(),
    /** For the desk alone. */
    reason: p.text(),
    appointedAt: p.datetime().defaultRaw('genkan_now()'),
    confirmedBy: p.text().nullable(),
    confirmedAt: p.datetime().nullable(),
    /** What customers read; null where a former version kept none. */
    confirmedReason: p.text().nullable(),
    /** The first of two people of the desk who name somebody else after the confirmation. */
    takenBackBy: p.text().nullable(),
    /** Made by the confirmation; it takes the newcomer's place when its mailbox is proved. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
  },
});

/** The desk ends a case by giving the company to a person whom it names. */
export class Appointment extends AppointmentSchema.class {
  confirm({ operator, why }: DeskAct, account: Account, now: Date): void {
    this.confirmedBy = operator;
    this.confirmedReason = why;
    this.confirmedAt = now;
    this.account = account;
  }
}

AppointmentSchema.setClass(Appointment);
