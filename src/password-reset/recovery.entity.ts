import { defineEntity, p } from '@mikro-orm/postgresql';
import { MailedLink } from '../auth/mailed-links/mailed-link.entity.js';

export const RecoverySchema = defineEntity({
  name: 'Recovery',
  tableName: 'recoveries',
  indexes: [{ name: 'recoveries_asked_in', properties: ['askedIn'] }],
  properties: {
    link: () => p.manyToOne(MailedLink).primary().updateRule('no action').deleteRule('cascade'),
    /** Null until the mail is written; it stays null when no account has the address. */
    emailKey: p.text().nullable(),
    codeHash: p.blob().nullable(),
    codeTries: p.integer().default(0),
    /** Written by the version before, which may run beside this one. */
    codeFirstTriedAt: p.datetime().nullable(),
    /** The flow of the tab that asked for the mail; nowhere else its code is taken. */
    askedIn: p.uuid().nullable(),
    /** The network that asked for the mail; null where a reader of the mailbox, or the desk, did. */
    askedFrom: p.text().nullable(),
    /** A newer mail voided this one's URL; runs that it began go on. */
    supersededAt: p.datetime().nullable(),
  },
});

/**
 * A recovery beside its mailed link, whose subject names the mailbox. There is one for every
 * address that was typed, known or not, so that both cost the same.
 */
export class Recovery extends RecoverySchema.class {
  /** Its mail is written: the readers of the mailbox can follow the link or enter the code. */
  arm(emailKey: string, codeHash: Buffer | null): void {
    this.emailKey = emailKey;
    this.codeHash = codeHash;
  }
}

RecoverySchema.setClass(Recovery);
