import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { usableAdministrators } from '../../corporations/hold-corporation.js';
import { before, databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { Appointment } from '../appointment.entity.js';
import { Enrollment, type CaseStage } from '../enrollment.entity.js';
import { stageOf } from '../enrollment.schema.js';
import { findCase } from '../hold-case.js';
import { Witness } from '../witness.entity.js';

/** How things are at a company, for whoever decides about one more who wants to administer it. */
export interface CompanyStanding {
  /** Who can sign in, on probation too. */
  administrators: Account[];
  /** Its other applications. */
  beside: Enrollment[];
}

export interface CaseReport extends CompanyStanding {
  enrollment: Enrollment;
  witnesses: Witness[];
  /** By the account of a witness: the case that the witness came by. */
  ownCases: Map<string, Enrollment>;
  /** People whom the newcomer deleted or suspended; an objection or a dismissal brings them back. */
  removed: Account[];
  appointment: Appointment | undefined;
}

const STAGES: CaseStage[] = [
  'objected',
  'queued',
  'awaiting-activation',
  'held',
  'probation',
  'completed',
];

const UNDECIDED: CaseStage[] = [
  'review',
  'objected',
  'queued',
  'awaiting-activation',
  'held',
  'probation',
];

const NOTED: FilterQuery<Enrollment>[] = [
  { state: ['objected', 'review', 'queued'] },
  { mailboxProvedAt: { $ne: null } },
  { activatedAt: { $ne: null } },
  { grantedAt: { $ne: null } },
  { deniedSubject: { $ne: null } },
];

/** For so long what is decided stands beside what is not. */
const REMEMBERED = { days: 365 };

@Injectable()
export class CaseReports {
  constructor(private readonly em: EntityManager) {}

  /**
   * Cases that nobody decided yet, those first that were objected to and whose mailbox is proved;
   * after their time those that somebody objected to, or that nobody was told of. A bounced mail told nobody, and whom the desk sent away objects to nothing.
   */
  open() {
    const stage = sql.raw<CaseStage>(stageOf('e'));
    return tables(this.em)
      .selectFrom('enrollments as e')
      .innerJoin('corporations as c', 'c.id', 'e.corporation_id')
      .leftJoin('witnesses as w', 'w.enrollment_id', 'e.id')
      .leftJoin('mail_deliveries as d', 'd.id', 'w.delivery_id')
      .leftJoin('dismissed_accounts as gone', 'gone.id', 'w.account_id')
      .where(stage, 'in', STAGES)
      .where('e.applicant_email', 'is not', null)
      .groupBy(['e.id', 'c.name'])
      .having(({ and, or, eb, fn }) =>
        or([
          eb(stage, '<>', 'completed'),
          eb(fn.count('w.objected_at'), '>', 0),
          and([eb('e.untold_since', 'is not', null), eb('e.account_id', 'is not', null)]),
        ]),
      )
      .orderBy(sql`count(w.objected_at) > 0 and e.mailbox_proved_at is not null`, 'desc')
      .orderBy('e.created_at')
      .select(({ fn }) => [
        'e.case_number as caseNumber',
        'e.kind',
        stage.as('stage'),
        'e.corporate_number as corporateNumber',
        'c.name as corporationName',
        'e.applicant',
        'e.created_at as appliedAt',
        fn
          .count<string>('w.id')
          .filterWhere('d.state', '=', 'handed-over')
          .filterWhere('gone.id', 'is', null)
          .as('told'),
        fn.count<string>('w.id').as('witnesses'),
        fn.count<string>('w.objected_at').as('objections'),
        sql<string>`count(w.objected_at) filter (where exists (
          select from enrollments own where own.account_id = w.account_id))`.as('byNewcomers'),
      ])
      .execute();
  }

  /** Companies whose people sign in, or are frozen, while nobody administers them (usable-administrator.sql). */
  unadministered() {
    return tables(this.em)
      .selectFrom('unadministered_corporations as u')
      .innerJoin('corporations as c', 'c.id', 'u.corporation_id')
      .orderBy('c.corporate_number')
      .select(['c.corporate_number as corporateNumber', 'c.name'])
      .select(['u.is_at_desk as isAtDesk', 'u.is_frozen as isFrozen'])
      .execute();
  }

  async find(caseNumber: string): Promise<CaseReport | undefined> {
    const enrollment = await findCase(this.em, { caseNumber });
    if (!enrollment) return undefined;
    const { id, account, corporation } = enrollment;
    const witnesses = await this.em.find(
      Witness,
      { enrollment: id },
      { populate: ['account', 'delivery'], orderBy: { account: { createdAt: 'asc' } } },
    );
    const by = account?.id ?? null;
    const removed = await this.em.find(Account, {
      corporation: corporation!.id,
      $or: by === null ? [{ id: null }] : [{ deletedBy: by }, { suspendedBy: by }],
    });
    const appointment = await this.em.findOne(Appointment, { enrollment: id });
    const accounts = witnesses.flatMap((witness) => witness.account?.id ?? []);
    const own = await this.em.find(Enrollment, { account: { $in: accounts } });
    const ownCases = new Map(own.map((each) => [each.account!.id, each]));
    return {
      enrollment,
      witnesses,
      ownCases,
      removed,
      appointment: appointment ?? undefined,
      ...(await this.standing(enrollment)),
    };
  }

  /**
   * Whom one decision may keep out or let in with another: the desk sees them side by side, whatever
   * became of them. Of applications whose mailbox nobody proved those that it has to do with.
   */
  async standing({ id, corporation }: Enrollment): Promise<CompanyStanding> {
    if (!corporation) return { administrators: [], beside: [] };
    const usable = await usableAdministrators(this.em, corporation.id);
    const byAge = { orderBy: { createdAt: 'asc' }, refresh: true } as const;
    const administrators = await this.em.find(Account, { id: usable }, byAge);
    const since = before(await databaseNow(this.em), REMEMBERED);
    const beside = await this.em.find(
      Enrollment,
      {
        corporation: corporation.id,
        id: { $ne: id },
        $and: [{ $or: NOTED }, { $or: [{ stage: UNDECIDED }, { startedAt: { $gt: since } }] }],
      },
      { populate: ['corporation'], orderBy: { createdAt: 'asc' }, refresh: true },
    );
    return { administrators, beside };
  }
}
