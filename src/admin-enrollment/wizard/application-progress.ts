import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActivationMails } from '../activation/activation-mails.js';
import { NOTHING_WAITS, Outlooks, type Outlook } from '../activation/outlook.js';
import { Enrollment } from '../enrollment.entity.js';
import type { EnrollmentRun } from './enrollment-flow.js';
import type { Entrance } from './entrances.js';

/** What became of an application: the first two wait for the applicant, the others do not. */
export type Progress =
  | 'by-mail'
  | 'mailed'
  | 'queued'
  | 'held'
  | 'activated'
  | 'at-desk'
  | 'denied'
  | 'withdrawn'
  | 'lost'
  | 'expired'
  | 'refused'
  | 'settled-by-mail';

export interface ApplicationProgress {
  progress: Progress;
  /** Whose mail can be sent again. */
  accountId?: string | undefined;
  release?: Date | null | undefined;
  caseNumber: string;
  isSuccession: boolean;
  outlook: Outlook;
}

/** Tells the browser that applied what became of it, as far as its application may be known there. */
@Injectable()
export class ApplicationsProgress {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: ActivationMails,
    private readonly outlooks: Outlooks,
  ) {}

  async of({ entries }: EnrollmentRun, { kind: door }: Entrance): Promise<ApplicationProgress> {
    const { mailedId, registration } = entries;
    const id = mailedId ?? registration!.enrollmentId;
    const populate = ['corporation', 'account'] as const;
    const enrollment = await this.em.findOne(Enrollment, { id }, { populate, refresh: true });
    // The mailbox alone hears what the company needed.
    const isSuccession = (mailedId ? door : (enrollment?.kind ?? door)) === 'succession';
    const caseNumber = enrollment?.caseNumber ?? '';
    const known = { caseNumber, isSuccession, outlook: NOTHING_WAITS };
    if (mailedId) return { ...known, ...this.#mailed(enrollment) };
    if (!enrollment) return { ...known, progress: 'expired' };
    const progress = await this.#progressOf(enrollment);
    const { account, releaseAt: release } = enrollment;
    const outlook = progress === 'mailed' ? await this.outlooks.of(enrollment) : NOTHING_WAITS;
    return { ...known, progress, outlook, accountId: account?.id, release };
  }

  /** The mailbox alone hears what the numbers were worth. */
  #mailed(enrollment: Enrollment | null): Pick<ApplicationProgress, 'progress' | 'outlook'> {
    if (enrollment?.state === 'by-mail')
      return { progress: 'by-mail', outlook: this.outlooks.ofUnknownCompany(enrollment.kind) };
    const progress = enrollment?.isDenied
      ? 'denied'
      : enrollment?.state === 'review'
        ? 'at-desk'
        : 'settled-by-mail';
    return { progress, outlook: NOTHING_WAITS };
  }

  async #progressOf(enrollment: Enrollment): Promise<Progress> {
    const { stage, account, isDenied } = enrollment;
    switch (stage) {
      case 'awaiting-activation':
        if (account && (await this.mails.hasLost(account.id))) return 'lost';
        return account && (await this.mails.waiting(account.id)) ? 'mailed' : 'expired';
      case 'objected':
      case 'review':
        return 'at-desk';
      case 'withdrawn':
        return isDenied ? 'denied' : 'withdrawn';
      case 'expired':
        return enrollment.hasLost ? 'lost' : stage;
      case 'queued':
      case 'held':
      case 'refused':
        return stage;
      default:
        return 'activated';
    }
  }
}
