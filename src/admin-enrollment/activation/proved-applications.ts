import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { Mails } from '../../mail/mails.js';
import type { Visit } from '../../web/visit.js';
import { CaseTurns } from '../case-turns.js';
import type { Enrollment } from '../enrollment.entity.js';
import { detailsOf, removeUnstarted } from '../registered-account.js';
import { ReviewBeginning } from '../review-beginning.js';

export type ProvedAndWaiting =
  /** The desk decides whether it begins. */
  | { ok: false; reason: 'in-review'; caseNumber: string }
  /** The desk let it begin, and another case of the company comes first. */
  | { ok: false; reason: 'queued'; caseNumber: string };

/** Applications whose mailbox is proved, and that do not begin by themselves. */
@Injectable()
export class ProvedApplications {
  constructor(
    private readonly em: EntityManager,
    private readonly turns: CaseTurns,
    private readonly review: ReviewBeginning,
    private readonly links: MailedLinks,
    private readonly mails: Mails,
    private readonly audit: Audit,
  ) {}

  /**
   * Lets it wait, with its mail, under the company's held row in the caller's transaction; its account
   * is made anew when it begins. @returns undefined where nothing stands in the way
   */
  async wait(
    account: Account,
    enrollment: Enrollment,
    visit: Visit,
  ): Promise<ProvedAndWaiting | undefined> {
    const obstacle = await this.turns.obstacle(enrollment);
    if (!obstacle) return undefined;
    enrollment.mailboxProvedAt ??= await databaseNow(this.em);
    await this.links.replace('activation', account.id);
    const details = detailsOf(account);
    const { caseNumber } = enrollment;
    if (obstacle === 'queued') await this.turns.wait(enrollment, details);
    else {
      await this.review.begin(enrollment, details);
      await this.mails.reviewBegun(account.addressee, caseNumber);
    }
    enrollment.account = null;
    await removeUnstarted(this.em, account);
    await this.audit.record(
      'activation',
      obstacle,
      { ...account.addressee, visit },
      { caseNumber },
    );
    return { ok: false, reason: obstacle, caseNumber };
  }
}
