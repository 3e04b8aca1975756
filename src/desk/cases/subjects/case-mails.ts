import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { FactorObjector } from '../../../auth/lost-factor/factor-objector.entity.js';
import { FactorRemoval } from '../../../auth/second-factor/factor-removal.entity.js';
import { DeskCase } from '../../../cases/desk-case.entity.js';
import { after, later } from '../../../database/clock.js';
import { tables } from '../../../database/tables.js';
import type { Account } from '../../../identity/account.entity.js';
import { emailKey } from '../../../identity/login-id.js';
import type { MailKind } from '../../../mail/mail-kinds.js';
import { mailKindInWords, mailStateInWords } from '../../diagnosis/mails-and-links.js';
import type { CaseSubject } from './case-subjects.js';

const SHOWN_MAILS = 30;

/** Of a lost factor, to those who can object to its removal. Other mails to others name their case. */
const TOLD_OF_REMOVALS: MailKind[] = ['factor-removal-begun', 'factor-removal-ended'];

/** Mails of an end are written by a job behind it. */
const TOLD_WITHIN = { minutes: 10 };

interface Party {
  account: Pick<Account, 'id'> | null;
  /** '' for a mailbox that the account tells. */
  email: string;
}

/** Whom the mails of a case went to, and what became of each. */
@Injectable()
export class CaseMails {
  constructor(private readonly em: EntityManager) {}

  /**
   * Those that name it, whoever got them, and what else went to whom it is about from when it is known
   * until its end; the newest first.
   */
  async of(deskCase: DeskCase, subject: CaseSubject) {
    const own = isTo(partiesOf(deskCase, subject));
    const told = isTo(await this.#objectors(subject));
    const since = sinceOf(deskCase, subject);
    const until = await this.#untilOf(deskCase, subject);
    const found = await tables(this.em)
      .selectFrom('mail_deliveries as d')
      .where(({ or, and, eb }) =>
        or([
          eb('d.case_number', '=', deskCase.caseNumber),
          and([
            eb('d.case_number', 'is', null),
            eb('d.created_at', '>=', since),
            ...(until ? [eb('d.created_at', '<', until)] : []),
            ...(deskCase.kind === 'lost-factor' ? [isOfOwnRemoval(deskCase)] : []),
            or([own, and([told, sql<boolean>`d.kind = any(${TOLD_OF_REMOVALS}::text[])`])]),
          ]),
        ]),
      )
      .where('d.kind', 'not like', '%-for-desk')
      .select(['d.created_at as at', 'd.recipient', 'd.kind', 'd.state'])
      .select('d.server_answer as serverAnswer')
      .orderBy('d.created_at', 'desc')
      .limit(SHOWN_MAILS)
      .execute();
    return found.map(({ at, recipient, kind, state, serverAnswer }) => ({
      at,
      recipient,
      kind: mailKindInWords(kind),
      state: mailStateInWords(state),
      serverAnswer: state === 'handed-over' ? null : serverAnswer,
    }));
  }

  /** The next case about the same has the mails from then on. */
  async #untilOf(deskCase: DeskCase, subject: CaseSubject): Promise<Date | undefined> {
    const { id, subject: about, openedAt } = deskCase;
    const newer = { subject: about, openedAt: { $gt: openedAt }, id: { $ne: id } };
    const order = { orderBy: { openedAt: 'asc' } } as const;
    const next = about ? await this.em.findOne(DeskCase, newer, order) : null;
    const over = await this.#overAt(deskCase, subject);
    return next && !(over && over < next.openedAt) ? next.openedAt : over;
  }

  /** Undefined while it goes on, at the desk or without. */
  async #overAt(
    { subject: about, isOpen, closedAt }: DeskCase,
    { succession, review }: CaseSubject,
  ): Promise<Date | undefined> {
    const enrollment = succession?.enrollment ?? review?.enrollment;
    if (isOpen || !closedAt || (enrollment && !enrollment.decidedAt)) return undefined;
    const begun = { account: about, beganAt: { $lte: closedAt } };
    const removals = about ? await this.em.find(FactorRemoval, begun) : [];
    if (removals.some(({ endedAt }) => !endedAt)) return undefined;
    const ends = [enrollment?.decidedAt, ...removals.map(({ endedAt }) => endedAt)];
    return after(
      ends.reduce<Date>((last, each) => later(each, last), closedAt),
      TOLD_WITHIN,
    );
  }

  async #objectors({ lostFactor }: CaseSubject): Promise<Party[]> {
    if (!lostFactor?.removal) return [];
    const { id: removal } = lostFactor.removal;
    const told = await this.em.find(FactorObjector, { removal });
    return told.map(({ account, email }) => party(account, email));
  }
}

function partiesOf({ account }: DeskCase, subject: CaseSubject): Party[] {
  const { succession, review, lostFactor, question } = subject;
  if (review && !succession) return [party(null, review.details?.email)];
  if (lostFactor) return [party(lostFactor.account)];
  if (question) return [party(account, account ? '' : question.email)];
  if (!succession) return [];
  const { enrollment, appointment } = succession;
  return [
    party(enrollment.account, enrollment.applicantEmail),
    ...(appointment ? [party(appointment.account, appointment.email)] : []),
  ];
}

/** The application is older than the case that the desk has of it. */
function sinceOf({ openedAt }: DeskCase, { succession, review, lostFactor }: CaseSubject): Date {
  const enrollment = succession?.enrollment ?? review?.enrollment;
  const before = enrollment?.createdAt ?? lostFactor?.removal?.createdAt;
  return before && before < openedAt ? before : openedAt;
}

function party(account: Party['account'] | undefined, email?: string | null): Party {
  return { account: account ?? null, email: email ?? '' };
}

/** Colleagues hear of each other's removals, too. */
function isOfOwnRemoval({ subject }: DeskCase) {
  return sql<boolean>`(d.kind not like 'factor-removal-%' or exists (
    select from factor_removals r where r.account_id = ${subject} and r.began_at <= d.created_at
      and (r.ended_at is null or d.created_at < r.ended_at + ${TOLD_WITHIN.minutes} * interval '1 minute')))`;
}

function isTo(parties: Party[]) {
  const accounts = parties.flatMap(({ account }) => account?.id ?? []);
  const mailboxes = parties.flatMap(({ email }) => (email === '' ? [] : emailKey(email)));
  return sql<boolean>`(d.account_id = any(${accounts}::uuid[])
                       or lower(d.recipient) = any(${mailboxes}::text[]))`;
}
