import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { browserFacts, browserInWords } from '../web/browser-name.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** When and from where somebody applied, by which the reader of the mailbox knows who it was. */
export interface Application {
  createdAt?: Date;
  address: string;
  /** The header. */
  browser: string;
}

/** A mailed link, as it was issued. */
interface Link {
  token: string;
  endsAt: Date;
}

/**
 * The mails whose link proves an applicant's mailbox. Somebody else may have typed name and address,
 * so they name neither the company nor the login ID: the page behind the link does, and asks.
 */
@Injectable()
export class ApplicationMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** 登録のご案内, of a first registration. @param application absent for one of a former version */
  async activation(to: Addressee, link: Link, application?: Application): Promise<void> {
    const about = this.#about(to, `activation/${link.token}`, link, application);
    await this.queue.queue('activation', to, about);
  }

  /** 登録のご案内, before anything is known of the numbers. */
  async applicationProof(to: Addressee, link: Link, application: Application): Promise<void> {
    const path = `admin-enrollment/application/${link.token}`;
    await this.queue.queue('application-proof', to, this.#about(to, path, link, application));
  }

  /**
   * 管理者追加登録完了のご案内, of a succession.
   * @param facts.isLoginIdTaken another one is chosen behind the link
   * @param facts.otherId the mailbox has a login ID at this company already
   */
  async administratorWelcome(
    to: Addressee,
    link: Link,
    application: Application,
    facts: {
      caseNumber: string;
      isLoginIdTaken: boolean;
      otherId: boolean;
      releaseAt: Date | undefined;
    },
  ): Promise<void> {
    const { releaseAt, ...known } = facts;
    await this.queue.queue('administrator-welcome', to, {
      ...this.#about(to, `activation/${link.token}`, link, application),
      ...known,
      release: releaseAt ? momentInWords(releaseAt, to.language) : '',
    });
  }

  #about({ name, language }: Addressee, path: string, { endsAt }: Link, from?: Application) {
    return {
      name,
      url: `${this.config.publicUrl}/${path}`,
      deadline: momentInWords(endsAt, language),
      time: from?.createdAt ? momentInWords(from.createdAt, language) : '',
      address: from?.address ?? '',
      browser: browserInWords(browserFacts(from?.browser ?? '')),
    };
  }
}
