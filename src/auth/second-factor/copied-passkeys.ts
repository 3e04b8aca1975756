import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { databaseNow } from '../../database/clock.js';
import { DAY_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Limits } from '../../limits/limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import type { Passkey } from './passkey.entity.js';

/** Tells the log, and the owner once a day, that a passkey seems to be in two places. */
@Injectable()
export class CopiedPasskeys {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /** In the caller's transaction, whose answer was refused. */
  async tell(accountId: string, { id, name: passkey }: Passkey, visit?: Visit): Promise<void> {
    const account = await this.em.findOneOrFail(Account, accountId, { populate: ['corporation'] });
    const of = { accountId, corporationId: account.corporation.id, visit };
    await this.audit.done('passkey-copy', of);
    const once = { key: `copied-passkey:${id}`, maximum: 1, seconds: DAY_SECONDS };
    if (!(await this.limits.takeUnlessFault(once)).ok) return;
    const facts = { passkey, time: await databaseNow(this.em), address: visit?.address ?? '' };
    await this.mails.passkeyCopied(account.addressee, facts);
  }
}
