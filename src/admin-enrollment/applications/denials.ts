import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import { ActivationLinks } from '../activation/activation-links.js';
import { ACTS } from '../enrollment-acts.js';
import { Enrollment } from '../enrollment.entity.js';
import { Enrollments } from './enrollments.js';
import { MailedApplications } from './mailed-applications.js';

/**
 * 「申し込んでいません」: the reader of the mailbox ends an application that somebody else made in this
 * name. False where the link does not work any more.
 */
@Injectable()
export class Denials {
  constructor(
    private readonly em: EntityManager,
    private readonly activation: ActivationLinks,
    private readonly mailed: MailedApplications,
    private readonly enrollments: Enrollments,
    private readonly links: MailedLinks,
    private readonly audit: Audit,
  ) {}

  /** Behind the link that activates an account. */
  async ofNewcomer(token: string | undefined, visit: Visit): Promise<boolean> {
    const looked = await this.activation.look(token);
    if (!looked.ok || !looked.enrollment) return false;
    return this.enrollments.withdraw(looked.enrollment.id, 'canBeDenied', visit);
  }

  /** Behind the link that compares the numbers. */
  async ofMailed(token: string | undefined, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const looked = await this.mailed.look(token);
      if (!looked.ok) return false;
      const { id, kind } = looked.enrollment;
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const waiting = { id, state: 'by-mail' as const };
      const enrollment = await this.em.findOne(Enrollment, waiting, { lockMode, refresh: true });
      if (!enrollment) return false;
      enrollment.deny(id, await databaseNow(this.em));
      await this.links.replace('application', id);
      await this.audit.record(ACTS[kind].withdrawal, 'not-applied', { visit });
      return true;
    });
  }
}
