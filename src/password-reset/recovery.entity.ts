import { defineEntity, p } from '@mikro-orm/postgresql';
import { MailedLink } from '../auth/mailed-links/mailed-link.entity.js';

export const RecoverySchema = defineEntity({
  name: 'Recovery',
  tableName: 'recoveries',
  properties: {
    link: () => p.manyToOne(MailedLink).primary().updateRule('no action').deleteRule('cascade'),
    /** Null until the mail is written; it stays null when no account has the address. */
    emailKey: p.text().nullable(),
    codeHash: p.blob().nullable(),
    codeTries: p.integer().default(0),
    codeFirstTriedAt: p.datetime().nullable(),
  },
});

/**
 * A recovery beside its mailed link, whose subject names the mailbox. There is one for every
 * address that was typed, known or not, so that both cost the same.
 */
export class Recovery extends RecoverySchema.class {
  /** Its mail is written: the readers of the mailbox can follow the link or enter the code. */
  arm(emailKey: string, codeHash: Buffer): void {
    this.emailKey = emailKey;
    this.codeHash = codeHash;
  }
}

RecoverySchema.setClass(Recovery);
