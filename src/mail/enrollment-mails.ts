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
   * 管理者追加登録完了のご案内: the link to start with, for the newcomer.
   * @param facts.loginId '' when the wanted one is taken: another one is chosen behind the link
   * @param facts.otherId the mailbox has a login ID at this company already
   */
  async administratorWelcome(
    to: Addressee,
    facts: {
      caseNumber: string;
      loginId: string;
      otherId: boolean;
      token: string;
      endsAt: Date;
      releaseAt: Date | undefined;
    },
  ): Promise<void> {
    await this.queue.queue('administrator-welcome', to, {
      corporationName: to.corporationName,
      name: to.name,
      caseNumber: facts.caseNumber,
      loginId: facts.loginId,
      otherId: facts.otherId,
      url: `${this.config.publicUrl}/activation/${facts.token}`,
      deadline: momentInWords(facts.endsAt, to.language),
      release: facts.releaseAt ? momentInWords(facts.releaseAt, to.language) : '',
    });
  }

  /**
   * 管理者が追加登録されました: to each administrator from before, and to the billing contact, who
   * cannot sign in. @returns the delivery's id
   */
  async administratorAdded(
    to: Addressee,
    facts: ApplicationFacts,
    link: {
      token: string;
      endsAt: Date;
      releaseAt: Date | undefined;
      isBillingContact: boolean;
    },
  ): Promise<string> {
    return this.queue.queue('administrator-added', to, {
      ...this.#about(to, facts),
      isBillingContact: link.isBillingContact,
      url: `${this.config.publicUrl}/admin-enrollment/objection/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
      release: link.releaseAt ? momentInWords(link.releaseAt, to.language) : '',
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

  /** 管理者の追加登録が取り消されました: the newcomer took the application back. */
  async applicationWithdrawn(to: Addressee, facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('application-withdrawn', to, this.#about(to, facts));
  }

  /** 管理者の追加登録が承認されました: to the newcomer and to the administrators who were there before. */
  async applicationApproved(to: Addressee, facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('application-approved', to, this.#about(to, facts));
  }

  /** ご利用の一時停止について: to the newcomer whom an administrator objected to. */
  async newcomerFrozen(to: Addressee, facts: ApplicationFacts): Promise<void> {
    await this.queue.queue('newcomer-frozen', to, this.#about(to, facts));
  }

  /** 異議申し立てを受け付けました: to the administrators who were there before. @param frozen it stopped the newcomer */
  async objectionReceived(to: Addressee, facts: ApplicationFacts, frozen: boolean): Promise<void> {
    await this.queue.queue('objection-received', to, { ...this.#about(to, facts), frozen });
  }

  /** To the desk: the words of both sides, and the command that shows the case. */
  async objectionForDesk(
    facts: ApplicationFacts,
    objection: { objector: string; statement: string; frozen: boolean; command: string },
  ): Promise<void> {
    const desk = { email: this.config.deskMail, language: 'ja' as const };
    await this.queue.queue('objection-for-desk', desk, {
      ...this.#about({ name: '', corporationName: facts.corporationName, ...desk }, facts),
      ...objection,
      statement: linesOf(objection.statement),
    });
  }

  /** To the desk: the newcomer's own words on an objection. */
  async statementForDesk(facts: ApplicationFacts, statement: string): Promise<void> {
    const desk = { email: this.config.deskMail, language: 'ja' as const };
    const { caseNumber, corporationName, applicant, isInitial } = facts;
    await this.queue.queue('statement-for-desk', desk, {
      caseNumber,
      corporationName,
      applicant,
      isInitial,
      statement: linesOf(statement),
    });
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
