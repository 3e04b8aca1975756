import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import type { Language } from '../web/texts.js';
import { MailQueue, type Recipient } from './mail-queue.js';

export interface Addressee {
  accountId?: string;
  corporationId?: string;
  corporationName: string;
  name: string;
  email: string;
  language: Language;
}

/** One method a mail. Each is called in the transaction that causes the mail. */
@Injectable()
export class Mails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** パスワード再登録のご案内: the link and the code that recover an ID or a password. */
  async recovery(
    to: Recipient,
    ticket: { token: string; code: string; endsAt: Date },
  ): Promise<void> {
    const { publicUrl } = this.config;
    await this.queue.queue('recovery', to, {
      url: `${publicUrl}/password-reset/${ticket.token}`,
      codeUrl: `${publicUrl}/password-reset/code`,
      code: `${ticket.code.slice(0, 4)}-${ticket.code.slice(4)}`,
      deadline: momentInWords(ticket.endsAt, to.language),
    });
  }

  /** パスワード再登録完了のお知らせ: time and address, and the way out if it was somebody else. */
  async recovered(
    to: Addressee,
    facts: { loginId: string; at: Date; address: string },
  ): Promise<void> {
    await this.queue.queue('recovered', to, {
      corporationName: to.corporationName,
      name: to.name,
      loginId: facts.loginId,
      time: momentInWords(facts.at, to.language),
      address: facts.address,
    });
  }

  /** 番号の入力の誤りが続いています: to the billing contact of the company. */
  async wrongNumbersTried(to: Addressee, at: Date): Promise<void> {
    const { corporationName, name } = to;
    const time = momentInWords(at, to.language);
    await this.queue.queue('wrong-numbers-tried', to, { corporationName, name, time });
  }

  /** 受付のお知らせ: the desk looks at the application before anything is granted. */
  async reviewBegun(to: Addressee, caseNumber: string): Promise<void> {
    await this.queue.queue('review-begun', to, { name: to.name, caseNumber });
  }

  /** To the desk: an application waits for its decision. */
  async reviewForDesk(caseNumber: string, command: string): Promise<void> {
    const desk = { email: this.config.deskMail, language: 'ja' as const };
    await this.queue.queue('review-for-desk', desk, { caseNumber, command });
  }

  /** お申し込みについて: the desk did not grant the application. */
  async reviewRefused(to: Addressee, caseNumber: string): Promise<void> {
    await this.queue.queue('review-refused', to, { name: to.name, caseNumber });
  }

  /** Proves to an operator that mail works. @returns the delivery's id */
  async test(email: string): Promise<string> {
    return this.queue.queue('test', { email, language: 'ja' }, {});
  }
}
