import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** The facts of an application that the other side and the desk may know. */
export interface ApplicationFacts {
  caseNumber: string;
  corporationName: string;
  applicant: string;
  mailDomain: string;
  at: Date;
  address: string;
  network: string;
  /** The company's first administrator, not a successor. */
  isInitial: boolean;
}

/** The mails of a succession (管理担当者追加登録), each queued in the transaction that causes it. */
@Injectable()
export class EnrollmentMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /**
   * 管理者が追加登録されました: to each administrator from before, and to the billing contact, who
   * cannot sign in. @param link absent for newcomers of other cases, who may not object
   * @returns the delivery's id
   */
  async administratorAdded(
    to: Addressee,
    facts: ApplicationFacts,
    link?: {
      token: string;
      endsAt: Date;
      releaseAt: Date | undefined;
      isBillingContact: boolean;
    },
  ): Promise<string> {
    return this.queue.queue('administrator-added', to, {
      ...this.#about(to, facts),
      isBillingContact: link?.isBillingContact ?? false,
      url: link ? `${this.config.publicUrl}/admin-enrollment/objection/${link.token}` : '',
      deadline: link ? momentInWords(link.endsAt, to.language) : '',
      release: link?.releaseAt ? momentInWords(link.releaseAt, to.language) : '',
    });
  }

  /** 管理者のご登録について: the desk gives the company to this person, who chooses ID and password. */
  async administratorAppointed(
    to: Addressee,
    link: { token: string; endsAt: Date },
  ): Promise<void> {
    const { corporationName, name } = to;
    await this.queue.queue('administrator-appointed', to, {
      corporationName,
      name,
      url: `${this.config.publicUrl}/activation/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
  }

  /** 受付のお知らせ: another application of the company runs, this one comes after it. */
  async applicationQueued(to: Addressee, caseNumber: string): Promise<void> {
    const { name, corporationName } = to;
    await this.queue.queue('application-queued', to, { name, corporationName, caseNumber });
  }

  /**
   * 管理者の追加登録が取り消されました: the newcomer took the application back.
   * @param isDenied the reader of the mailbox said that somebody else applied
   */
  async applicationWithdrawn(
    to: Addressee,
    facts: ApplicationFacts,
    isDenied: boolean,
  ): Promise<void> {
    await this.queue.queue('application-withdrawn', to, { ...this.#about(to, facts), isDenied });
  }

  /** 管理者の追加登録が承認されました: to the newcomer and to the administrators who were there before. */
  async applicationApproved(to: Addressee, facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('application-approved', to, this.#about(to, facts));
  }

  /** ご利用の一時停止について: to the newcomer whom an administrator objected to. */
  async newcomerFrozen(to: Addressee, facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('newcomer-frozen', to, this.#about(to, facts));
  }

  /** 異議申し立てを受け付けました: to the witnesses. @param effect.unproved it waits for the proof */
  async objectionReceived(
    to: Addressee,
    facts: ApplicationFacts,
    effect: { frozen: boolean; unproved: boolean },
  ): Promise<void> {
    await this.queue.queue('objection-received', to, { ...this.#about(to, facts), ...effect });
  }

  /** To the desk: an objector's words, and the command that shows the case. */
  async objectionForDesk(
    facts: ApplicationFacts,
    objection: { objector: string; ownCase: string; statement: string; frozen: boolean },
  ): Promise<void> {
    await this.queue.queue('objection-for-desk', this.#desk, {
      ...this.#aboutForDesk(facts),
      ...objection,
      statement: linesOf(objection.statement),
    });
  }

  /** To the desk: one side's words. @param witness '' is the billing contact; absent the newcomer */
  async statementForDesk(
    facts: ApplicationFacts,
    statement: string,
    witness?: string,
  ): Promise<void> {
    await this.queue.queue('statement-for-desk', this.#desk, {
      ...this.#aboutForDesk(facts),
      isNewcomer: witness === undefined,
      witness: witness ?? '',
      statement: linesOf(statement),
    });
  }

  /** To the desk: a newcomer came to a company where nobody may object. */
  async unwitnessedForDesk(facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('unwitnessed-for-desk', this.#desk, this.#aboutForDesk(facts));
  }

  /**
   * 担当窓口の判断のお知らせ: to both sides.
   * @param outcome.upheld whether the newcomer stays
   * @param outcome.appointed the person whom the company was given to instead, or ''
   */
  async deskDecided(
    to: Addressee,
    facts: ApplicationFacts,
    outcome: { upheld: boolean; appointed: string },
  ): Promise<void> {
    await this.queue.queue('desk-decided', to, { ...this.#about(to, facts), ...outcome });
  }

  get #desk() {
    return { email: this.config.deskMail, language: 'ja' as const };
  }

  #aboutForDesk(facts: ApplicationFacts) {
    const about = this.#about({ ...this.#desk, ...facts, name: '' }, facts);
    return { ...about, command: `genkan enrollment show ${facts.caseNumber}` };
  }

  #about(to: Addressee, facts: ApplicationFacts) {
    const { caseNumber, applicant, mailDomain, address, network, isInitial } = facts;
    return {
      corporationName: to.corporationName,
      name: to.name,
      caseNumber,
      applicant,
      mailDomain: unlinked(mailDomain),
      time: momentInWords(facts.at, to.language),
      address,
      network,
      isInitial,
    };
  }
}

/** No mail program makes a link of a stranger's domain: `stranger[.]example`. */
function unlinked(domain: string): string {
  return domain.replaceAll('.', '[.]');
}

/** Each line is quoted, so that none of them reads as if it were the mail's own. */
function linesOf(statement: string): string[] {
  return statement === '' ? [] : statement.split('\n');
}
