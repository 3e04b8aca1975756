import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { FactorObjector } from '../../../auth/lost-factor/factor-objector.entity.js';
import type { DeskCase } from '../../../cases/desk-case.entity.js';
import { tables } from '../../../database/tables.js';
import type { Account } from '../../../identity/account.entity.js';
import type { MailKind } from '../../../mail/mail-kinds.js';
import { mailKindInWords, mailStateInWords } from '../../diagnosis/mails-and-links.js';
import type { CaseSubject } from './case-subjects.js';

const SHOWN_MAILS = 30;

/** What others than the person in question get because of a case. */
const TOLD_OF_CASES: MailKind[] = [
  'account-deleted',
  'account-released',
  'account-restored',
  'account-suspended',
  'administrator-added',
  'application-withdrawn',
  'desk-acted',
  'desk-answer',
  'desk-decided',
  'factor-removal-begun',
  'factor-removal-ended',
  'objection-received',
  'wrong-numbers-tried',
];

interface Party {
  account: Pick<Account, 'id'> | null;
  /** '' for a mailbox that the account tells. */
  email: string;
  /** All mails to them since then, whatever they are about. */
  isInQuestion: boolean;
}

/** Whom the mails of a case went to, and what became of each. */
@Injectable()
export class CaseMails {
  constructor(private readonly em: EntityManager) {}

  /** To everybody of it, since it is known; the newest first. */
  async of(deskCase: DeskCase, subject: CaseSubject) {
    const parties = [...partiesOf(deskCase, subject), ...(await this.#objectors(subject))];
    const [own, told] = [parties.filter(isInQuestion), parties.filter((one) => !isInQuestion(one))];
    const since = sinceOf(deskCase, subject);
    const found = await tables(this.em)
      .selectFrom('mail_deliveries as d')
      .where('d.created_at', '>=', since)
      .where(({ or, and }) =>
        or([isTo(own), and([isTo(told), sql<boolean>`d.kind = any(${TOLD_OF_CASES}::text[])`])]),
      )
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

  async #objectors({ lostFactor }: CaseSubject): Promise<Party[]> {
    if (!lostFactor?.removal) return [];
    const { id: removal } = lostFactor.removal;
    const told = await this.em.find(FactorObjector, { removal });
    return told.map(({ account, email }) => other(account, email));
  }
}

function partiesOf({ account }: DeskCase, subject: CaseSubject): Party[] {
  const { succession, review, lostFactor, question } = subject;
  if (review) return [inQuestion(null, review.details?.email)];
  if (lostFactor) return [inQuestion(lostFactor.account)];
  if (question) return [inQuestion(account, account ? '' : question.email)];
  if (!succession) return [];
  const { enrollment, appointment, witnesses } = succession;
  return [
    inQuestion(enrollment.account, enrollment.applicantEmail),
    ...(appointment ? [inQuestion(appointment.account, appointment.email)] : []),
    ...witnesses.map((witness) => other(witness.account, witness.email)),
  ];
}

/** The application is older than the case that the desk has of it. */
function sinceOf({ openedAt }: DeskCase, { succession, review, lostFactor }: CaseSubject): Date {
  const enrollment = succession?.enrollment ?? review?.enrollment;
  const before = enrollment?.createdAt ?? lostFactor?.removal?.createdAt;
  return before && before < openedAt ? before : openedAt;
}

function inQuestion(account: Party['account'] | undefined, email?: string | null): Party {
  return { account: account ?? null, email: email ?? '', isInQuestion: true };
}

function other(account: Party['account'] | undefined, email?: string | null): Party {
  return { account: account ?? null, email: email ?? '', isInQuestion: false };
}

function isInQuestion(party: Party): boolean {
  return party.isInQuestion;
}

function isTo(parties: Party[]) {
  const accounts = parties.flatMap(({ account }) => account?.id ?? []);
  const mailboxes = parties.flatMap(({ email }) => (email === '' ? [] : email.toLowerCase()));
  return sql<boolean>`(d.account_id = any(${accounts}::uuid[])
                       or lower(d.recipient) = any(${mailboxes}::text[]))`;
}
