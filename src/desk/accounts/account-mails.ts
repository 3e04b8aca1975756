import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActivationMails } from '../../admin-enrollment/activation/activation-mails.js';
import { authorOf, type DeskAct } from '../../admin-enrollment/desk-act.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { before, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import type { Account } from '../../identity/account.entity.js';
import { Limits } from '../../limits/limits.js';
import { RecoveryRequests } from '../../password-reset/recovery-requests.js';
import type { Visit } from '../../web/visit.js';

export type MailRefused = 'mail-limit' | 'mail-too-soon' | 'state-changed';

/** `at`: when the mail went that is not sent twice. */
type MailSent = { ok: true } | { ok: false; reason: MailRefused; at?: Date };

const MAILS_AN_HOUR = 5;
/** As for whoever asks for a mail once more (mail-limits.ts). */
const NOT_WITHIN = { minutes: 3 };

/** The two mails that let somebody in, sent again by the desk to the mailbox that is stored. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly em: EntityManager,
    private readonly activationMails: ActivationMails,
    private readonly recoveries: RecoveryRequests,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /** Each replaces the link of the one before. */
  async activation(account: Account, by: DeskAct): Promise<MailSent> {
    return this.#send('activation', account, by, async () => {
      return account.state === 'registered' && this.activationMails.send(account.id);
    });
  }

  /** The link opens nothing without the two numbers, and no door without the second factor. */
  async recovery(account: Account, by: DeskAct & { visit: Visit }): Promise<MailSent> {
    return this.#send('recovery', account, by, async () => {
      if (!account.hasProvedMailbox || account.corporation.state !== 'active') return false;
      const { address, requestId } = by.visit!;
      await this.recoveries.accept(account.email, { address, requestId });
      return true;
    });
  }

  async #lastSent(target: string, mail: string): Promise<Date | undefined> {
    const at = { $gt: before(await databaseNow(this.em), NOT_WITHIN) };
    const sent = {
      act: 'desk-mail' as const,
      reason: 'done' as const,
      at,
      facts: { target, mail },
    };
    return (await this.em.findOne(AuditEntry, sent, { orderBy: { at: 'desc' } }))?.at;
  }

  async #send(
    mail: string,
    { id: target, corporation }: Account,
    by: DeskAct,
    work: () => Promise<boolean>,
  ): Promise<MailSent> {
    const of = { corporationId: corporation.id, visit: by.visit };
    const facts = { target, mail, ...authorOf(by) };
    const at = await this.#lastSent(target, mail);
    if (at) return { ...(await this.audit.refuse('desk-mail', 'mail-too-soon', of, facts)), at };
    const limit = { key: `desk-mail:${target}`, maximum: MAILS_AN_HOUR, seconds: HOUR_SECONDS };
    if (!(await this.limits.takeUnlessFault(limit)).ok)
      return this.audit.refuse('desk-mail', 'mail-limit', of, facts);
    return inTransaction<Settled<MailRefused>>(this.em, async () => {
      const refusal = (await work()) ? undefined : 'state-changed';
      return this.audit.settle('desk-mail', refusal, of, facts);
    });
  }
}
