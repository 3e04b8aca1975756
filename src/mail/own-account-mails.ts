import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { browserInWords, type BrowserFacts } from '../web/browser-name.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';
import { maskedEmail } from './masked-email.js';

/** Mails to people about their own accounts. One method a mail, called in its transaction. */
@Injectable()
export class OwnAccountMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** メールアドレス変更, to the new address: the link that proves it. */
  async emailChangeProof(
    to: Addressee,
    link: { requestedBy: string | undefined; token: string; endsAt: Date },
  ): Promise<void> {
    await this.#queue('email-change-proof', to, {
      requestedBy: link.requestedBy ?? null,
      url: `${this.config.publicUrl}/email-change/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
  }

  /** メールアドレス変更, to the old address: that it was asked for, and by whom. */
  async emailChangeRequested(
    to: Addressee,
    { requestedBy, email }: { requestedBy: string | undefined; email: string },
  ): Promise<void> {
    await this.#queue('email-change-requested', to, {
      requestedBy: requestedBy ?? null,
      newEmail: maskedEmail(email),
    });
  }

  /** メールアドレス変更, to the old address: it was changed, and for 72 hours it can be undone. */
  async emailChanged(
    to: Addressee,
    change: { email: string; undoToken: string; undoEndsAt: Date },
  ): Promise<void> {
    await this.#queue('email-changed', to, {
      newEmail: maskedEmail(change.email),
      url: `${this.config.publicUrl}/email-change/undo/${change.undoToken}`,
      deadline: momentInWords(change.undoEndsAt, to.language),
    });
  }

  /** To the old address, which is the account's again. */
  async emailChangeUndone(to: Addressee): Promise<void> {
    await this.#queue('email-change-undone', to, {});
  }

  /** パスワード変更のお知らせ: time and address of the change. */
  async passwordChanged(to: Addressee, facts: { at: Date; address: string }): Promise<void> {
    await this.#queue('password-changed', to, {
      time: momentInWords(facts.at, to.language),
      address: facts.address,
    });
  }

  /** 新しい環境からのログイン: browser, address, and the link to report the sign-in. */
  async newEnvironment(
    to: Addressee,
    facts: { isFirst: boolean; at: Date; address: string; browser: BrowserFacts },
    link: { token: string; endsAt: Date },
  ): Promise<void> {
    await this.#queue('new-environment', to, {
      isFirst: facts.isFirst,
      time: momentInWords(facts.at, to.language),
      address: facts.address,
      browser: browserInWords(facts.browser),
      url: `${this.config.publicUrl}/sign-in-report/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
  }

  async #queue(mail: string, to: Addressee, model: object): Promise<void> {
    const { corporationName, name } = to;
    await this.queue.queue(mail, to, { corporationName, name, ...model });
  }
}
