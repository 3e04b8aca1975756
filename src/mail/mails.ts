import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/deadline.js';
import type { Language } from '../web/texts.js';
import { MailQueue } from './mail-queue.js';

/** Whom a mail about an account goes to, and how it calls them. */
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

  /** 登録のご案内: the link that proves the mailbox and activates the account. */
  async activation(to: Addressee, link: { loginId: string; token: string; endsAt: Date }): Promise<void> {
    await this.queue.queue('activation', to, {
      corporationName: to.corporationName,
      name: to.name,
      loginId: link.loginId,
      url: `${this.config.publicUrl}/activation/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
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

  /** To see whether mail works at all. */
  async test(email: string): Promise<void> {
    await this.queue.queue('test', { email, language: 'ja' }, {});
  }
}
