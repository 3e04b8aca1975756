import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { findCase } from '../../admin-enrollment/hold-case.js';
import { Witness } from '../../admin-enrollment/witness.entity.js';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { tables } from '../../database/tables.js';
import type { Account } from '../../identity/account.entity.js';

/** A case of the desk about a new administrator of whom none of the witnesses could be told. */
export interface UntoldCase {
  number: string;
  applicant: string;
}

interface CasesOfPerson {
  /** Numbers of undecided cases that the person may object to. */
  witnessed: string[];
  /** One of them that waits at the desk, because the mails came back. */
  untold: UntoldCase | undefined;
}

/** The cases that somebody is a party of. */
@Injectable()
export class CaseLooks {
  constructor(private readonly em: EntityManager) {}

  async ofWitness(account: string): Promise<CasesOfPerson> {
    const found = await tables(this.em)
      .selectFrom('undecided_enrollments as u')
      .innerJoin('enrollments as e', 'e.id', 'u.id')
      .innerJoin('witnesses as w', 'w.enrollment_id', 'u.id')
      .leftJoin('desk_cases as d', (join) =>
        join
          .onRef('d.subject', '=', 'e.id')
          .on('d.state', '<>', 'done')
          .on('e.untold_since', 'is not', null)
          .on('w.objected_at', 'is', null),
      )
      .where('w.account_id', '=', account)
      .select(['e.case_number as number', 'e.applicant', 'd.id as deskCase'])
      .execute();
    return {
      witnessed: found.map(({ number }) => number),
      untold: found.find(({ deskCase }) => deskCase !== null),
    };
  }

  async isObjected(caseNumber: string[]): Promise<boolean> {
    return (
      (await this.em.count(Witness, { enrollment: { caseNumber }, objectedAt: { $ne: null } })) > 0
    );
  }

  /** Numbers of the cases that decide about somebody, the likeliest first. */
  async deciding(
    { deletedBy }: Account,
    ownCase: Enrollment | undefined,
    witnessed: string[],
    atDesk: string | undefined,
  ): Promise<string[]> {
    const own = ownCase ? [ownCase.caseNumber] : [];
    const isOwnFirst = ownCase?.isOpen || ownCase?.stage === 'refused';
    const deleter = deletedBy ? await findCase(this.em, { account: deletedBy }) : undefined;
    const numbers = [
      ...(isOwnFirst ? own : []),
      ...witnessed,
      ...(atDesk ? [atDesk] : []),
      ...(deleter ? [deleter.caseNumber] : []),
      ...own,
    ];
    return [...new Set(numbers)];
  }

  /** The first of these cases that is, or was, a case of the desk. */
  async deskCase(numbers: string[]): Promise<string | undefined> {
    const found = await this.em.find(DeskCase, { caseNumber: numbers });
    const known = found.map(({ caseNumber }) => caseNumber);
    return numbers.find((number) => known.includes(number));
  }

  /** As the page behind the person's right password tells it. */
  async dismissal({ id, corporation }: Account, ownCase: Enrollment | undefined) {
    const dismissed = tables(this.em).selectFrom('dismissed_accounts').select('id');
    const isDismissed = await dismissed.where('id', '=', id).executeTakeFirst();
    if (!isDismissed || !ownCase?.decidedAt) return undefined;
    const { caseNumber, decidedAt: at } = ownCase;
    const decided = { act: 'case-decision' as const, reason: 'done' as const };
    const entry = await this.em.findOne(
      AuditEntry,
      { ...decided, corporationId: corporation.id, facts: { caseNumber, upheld: false } },
      { orderBy: { at: 'desc', id: 'desc' } },
    );
    const why = entry?.facts.why;
    return { at, number: caseNumber, why: why ? String(why) : undefined };
  }

  /** The number of the desk's open case about the lost factor. */
  async lossCase(subject: string): Promise<string | undefined> {
    const open = { subject, kind: 'lost-factor', state: { $ne: 'done' } } as const;
    return (await this.em.findOne(DeskCase, open, { refresh: true }))?.caseNumber;
  }
}
