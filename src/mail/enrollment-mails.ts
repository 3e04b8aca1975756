import { Injectable } from '@nestjs/common';
import type { MailKind } from './mail-kinds.js';
import { MailQueue, type Addressee, type LinkInMail } from './mail-queue.js';

/** The facts of an application that the other side and the desk may know. */
export interface ApplicationFacts {
  caseNumber: string;
  corporationName: string;
  applicant: string;
  mailDomain: string;
  time: Date;
  address: string;
  network: string;
  /** The company's first administrator, not a successor. */
  isInitial: boolean;
  /** Before, it is an application and nobody is registered. */
  isProved: boolean;
  /** Null until the newcomer completed the registration. */
  registeredAt: Date | null;
}

/** The desk's word about a case. */
export interface CaseDecision {
  /** The newcomer stays. */
  upheld: boolean;
  /** The person whom the company was given to instead, or ''. */
  appointed: string;
  /** The reason, as the desk wrote it for both sides. */
  why: string;
  decidedAt: Date;
}

/** While it lasts, the newcomer may do only few things, and an objection stops him at once. */
export interface Probation {
  /** Null while nobody proved the mailbox; then it lasts so many hours from the first possible sign-in. */
  probationEndsAt: Date | null;
  hours: number;
}

export interface ObjectionEffect {
  frozen: boolean;
  unproved: boolean;
  isInReview?: boolean;
  isQueued?: boolean;
  hasWaited: boolean;
}

/** The mails of a succession (管理担当者追加登録), each queued in the transaction that causes it. */
@Injectable()
export class EnrollmentMails {
  constructor(private readonly queue: MailQueue) {}

  /**
   * 管理者の追加登録のお申し込みがありました, and once the mailbox is proved 管理者が追加登録されました: to each
   * administrator from before, and to the billing contact, who cannot sign in. @param objection absent for newcomers of other cases, who may not object
   */
  administratorAdded(
    to: Addressee,
    facts: ApplicationFacts,
    probation: Probation,
    objection?: LinkInMail & {
      release: Date | null;
      waitHours: number;
      isBillingContact: boolean;
    },
  ) {
    const { release = null, waitHours = 0, isBillingContact = false } = objection ?? {};
    const opened = objection
      ? this.queue.link('admin-enrollment/objection', objection)
      : { url: '', deadline: null };
    const model = {
      ...about(facts),
      ...probation,
      release,
      waitHours,
      isBillingContact,
      ...opened,
    };
    return this.queue.queue('administrator-added', to, model);
  }

  /** 管理者のご登録について: the desk gives the company to this person, who chooses ID and password. */
  administratorAppointed(to: Addressee, link: LinkInMail, caseNumber: string) {
    const opened = { ...this.queue.link('activation', link), caseNumber };
    return this.queue.queue('administrator-appointed', to, opened);
  }

  /** 受付のお知らせ: another application of the company runs, this one comes after it. */
  applicationQueued(to: Addressee, caseNumber: string) {
    return this.queue.queue('application-queued', to, { caseNumber });
  }

  /**
   * 管理者の追加登録が取り消されました: the newcomer took the application back.
   * @param end.isDenied the reader of the mailbox said that somebody else applied
   */
  applicationWithdrawn(
    to: Addressee,
    facts: ApplicationFacts,
    end: { isDenied: boolean; withdrawnAt: Date },
  ) {
    return this.queue.queue('application-withdrawn', to, { ...about(facts), ...end });
  }

  /**
   * お申し込みについての担当窓口の判断: to those who could object to an application under review, where
   * one of them did. @param end.granted it begins all the same, and the objection stops it then
   */
  applicationDecided(
    to: Addressee,
    facts: ApplicationFacts,
    end: { granted: boolean; decidedAt: Date },
  ) {
    return this.queue.queue('application-decided', to, { ...about(facts), ...end });
  }

  /**
   * 管理者の追加登録が承認されました: to the newcomer, the administrators who were there before, and the
   * billing contact. @param by.approver the administrator's name
   */
  applicationApproved(
    to: Addressee,
    facts: ApplicationFacts,
    { approver, isNewcomer }: { approver: string; isNewcomer: boolean },
  ) {
    const model = { ...about(facts), approver, isNewcomer };
    return this.queue.queue('application-approved', to, model);
  }

  /** ご利用の一時停止について: to the newcomer whom an administrator objected to. */
  newcomerFrozen(to: Addressee, facts: ApplicationFacts) {
    return this.queue.queue('newcomer-frozen', to, about(facts));
  }

  /**
   * 異議申し立てを受け付けました: to the witnesses.
   * @param effect.unproved it waits for the proof of the mailbox; hasWaited: it did, and that is proved
   * @param effect.isInReview the desk did not let it begin yet; isQueued: another one goes first
   */
  objectionReceived(to: Addressee, facts: ApplicationFacts, effect: ObjectionEffect) {
    return this.queue.queue('objection-received', to, { ...about(facts), ...effect });
  }

  /** To the desk: an objector's words. */
  objectionForDesk(
    facts: ApplicationFacts,
    objection: { objector: string; ownCase: string; statement: string; frozen: boolean },
  ) {
    const statement = linesOf(objection.statement);
    return this.#queueForDesk('objection-for-desk', facts, { ...objection, statement });
  }

  /** To the desk: one side's words. @param witness '' is the billing contact; absent the newcomer */
  statementForDesk(facts: ApplicationFacts, words: string, witness?: string) {
    const model = { isNewcomer: witness === undefined, witness, statement: linesOf(words) };
    return this.#queueForDesk('statement-for-desk', facts, model);
  }

  /** To the desk: a newcomer came to a company where nobody may object. */
  unwitnessedForDesk(facts: ApplicationFacts) {
    return this.#queueForDesk('unwitnessed-for-desk', facts);
  }

  /**
   * To the desk: a newcomer came, and every mail to those who may object came back.
   * @param waits the probation goes on until the desk decides
   */
  untoldForDesk(facts: ApplicationFacts, waits: boolean) {
    return this.#queueForDesk('untold-for-desk', facts, { waits });
  }

  /**
   * 担当窓口の判断のお知らせ: to both sides.
   * @param reader.isNewcomer otherwise it says what the decision means for the other side
   */
  deskDecided(
    to: Addressee,
    facts: ApplicationFacts,
    decision: CaseDecision,
    reader: { isNewcomer: boolean },
  ) {
    return this.queue.queue('desk-decided', to, { ...about(facts), ...decision, ...reader });
  }

  #queueForDesk(mail: MailKind, facts: ApplicationFacts, more: object = {}) {
    const command = `genkan enrollment show ${facts.caseNumber}`;
    const url = this.queue.deskCaseUrl(facts.caseNumber);
    return this.queue.queue(mail, this.queue.desk, { ...about(facts), command, url, ...more });
  }
}

/** No mail program makes a link of a stranger's domain: `stranger[.]example`. */
function about(facts: ApplicationFacts): ApplicationFacts {
  return { ...facts, mailDomain: facts.mailDomain.replaceAll('.', '[.]') };
}

/** Each line is quoted, so that none of them reads as if it were the mail's own. */
function linesOf(statement: string): string[] {
  return statement === '' ? [] : statement.split('\n');
}
