import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  GrantOutlooks,
  type GrantOutlook,
} from '../../../admin-enrollment/applications/grant-outlook.js';
import { Reviews } from '../../../admin-enrollment/applications/reviews.js';
import {
  CaseReports,
  type CaseReport,
  type CompanyStanding,
} from '../../../admin-enrollment/cases/case-reports.js';
import { UntoldCases } from '../../../admin-enrollment/cases/untold-cases.js';
import type { Applicant } from '../../../admin-enrollment/applicant.js';
import { Enrollment } from '../../../admin-enrollment/enrollment.entity.js';
import { waitsForDesk } from '../../../admin-enrollment/resting-cases.js';
import type { FactorRemoval } from '../../../auth/second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../../../auth/second-factor/factor-removals.js';
import { CaseEntry } from '../../../cases/case-entry.entity.js';
import type { CaseKind, DeskCase } from '../../../cases/desk-case.entity.js';
import { DeskCases } from '../../../cases/desk-cases.js';
import { Corporation } from '../../../corporations/corporation.entity.js';
import { Account } from '../../../identity/account.entity.js';
import type { AskedQuestion } from '../../../mail/mails.js';

/** Undefined details: the key that sealed them is gone. */
export interface ReviewedApplication extends CompanyStanding {
  enrollment: Enrollment;
  details: Applicant | undefined;
  /** That has the typed 法人番号, whatever the other number is; for the desk alone. */
  named: Corporation | undefined;
  outlook: GrantOutlook;
  /** Of one that began as a case, and came to the review with the proof of its mailbox. */
  report: CaseReport | undefined;
}

export interface LostFactor {
  account: Account;
  /** One that runs, or that the first of two people of the desk asked for. */
  removal: FactorRemoval | undefined;
  /** When the factor was used after a first word, which is taken back by it. */
  usedAt: Date | undefined;
}

/**
 * What a case is about: one of these, or nothing where it is gone. Of a registration that the desk let
 * begin, and that waits for its turn, the review tells what it waits for.
 */
export interface CaseSubject {
  succession?: CaseReport | undefined;
  review?: ReviewedApplication | undefined;
  lostFactor?: LostFactor | undefined;
  question?: AskedQuestion | undefined;
}

/** What is known of both sides: of a case, and of an application that the desk reviews. */
export function sidesOf({ succession, review }: CaseSubject): CaseReport | undefined {
  return succession ?? review?.report;
}

@Injectable()
export class CaseSubjects {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: DeskCases,
    private readonly reports: CaseReports,
    private readonly reviews: Reviews,
    private readonly outlooks: GrantOutlooks,
    private readonly removals: FactorRemovals,
    private readonly untold: UntoldCases,
  ) {}

  async of(deskCase: DeskCase): Promise<CaseSubject> {
    switch (deskCase.kind) {
      case 'review':
      case 'succession':
      case 'untold':
        return this.#registrationOf(deskCase);
      case 'lost-factor':
        return { lostFactor: await this.#lostFactorOf(deskCase) };
      default:
        return { question: await this.cases.questionOf<AskedQuestion>(deskCase) };
    }
  }

  /** What the desk let begin is a registration like any other from then on. */
  async kindOf({ kind, subject }: DeskCase): Promise<CaseKind> {
    if (kind !== 'review') return kind;
    const granted = { id: subject ?? null, grantedAt: { $ne: null } };
    return (await this.em.count(Enrollment, granted)) > 0 ? 'succession' : kind;
  }

  /** The desk's decision is waited for, so nothing else ends the case. */
  async isUndecided({ subject, kind }: DeskCase): Promise<boolean> {
    if (!subject || kind === 'lost-factor') return false;
    const found = await this.em.findOne(Enrollment, { id: subject }, { refresh: true });
    if (!found) return false;
    if (found.state === 'review' || found.isAtDesk || waitsForDesk(found)) return true;
    // One person of the desk would end the only watch.
    return found.canBeApproved && (await this.untold.isUntold(found));
  }

  /** A question that nobody answered, nor noted a call about, waits for the desk and not for the customer. */
  async mayWait(deskCase: DeskCase): Promise<boolean> {
    if (deskCase.subject) return true;
    const spoken = { deskCase, kind: { $in: ['answer' as const, 'note' as const] } };
    return (await this.em.count(CaseEntry, spoken)) > 0;
  }

  async #registrationOf(deskCase: DeskCase): Promise<CaseSubject> {
    const { subject: id, caseNumber } = deskCase;
    const found = await this.em.findOne(Enrollment, { id: id ?? null }, { refresh: true });
    const isReview = found?.state === 'review' || (await this.kindOf(deskCase)) === 'review';
    const review =
      isReview || found?.state === 'queued' ? await this.#reviewOf(deskCase) : undefined;
    if (isReview) return { review };
    const succession = await this.reports.find(caseNumber);
    return { succession, review: review && { ...review, report: undefined } };
  }

  async #reviewOf({ subject, caseNumber }: DeskCase): Promise<ReviewedApplication | undefined> {
    const report = await this.reports.find(caseNumber);
    const populate = ['corporation', 'sealedDetails'] as const;
    const enrollment = await this.em.findOne(
      Enrollment,
      { id: subject! },
      { populate, refresh: true },
    );
    if (!enrollment) return undefined;
    const details = enrollment.sealedDetails ? this.reviews.detailsOf(enrollment) : undefined;
    const { corporateNumber } = enrollment;
    const named = await this.em.findOne(Corporation, { corporateNumber });
    const standing = await this.reports.standing(enrollment);
    const outlook = await this.outlooks.of(enrollment);
    return { enrollment, details, named: named ?? undefined, outlook, report, ...standing };
  }

  async #lostFactorOf({ subject }: DeskCase): Promise<LostFactor | undefined> {
    const account = await this.em.findOne(Account, subject!, { populate: ['corporation'] });
    if (!account) return undefined;
    const removal = await this.removals.of(account.id);
    return { account, removal, usedAt: await this.removals.wordTakenBackAt(account) };
  }
}
