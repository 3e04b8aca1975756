import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** An act on an account. */
export interface Deed {
  loginId: string;
  at: Date;
  /** The administrator's name; null when the person did it. */
  by: string | null;
  /** The key of the link to object with, while there is one. */
  objection?: string | undefined;
}

/** Mails to people whose account an administrator ended, stopped or opened again. */
@Injectable()
export class MemberMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** アカウント削除のお知らせ. */
  async deleted(to: Addressee, deed: Deed, restorableUntil: Date): Promise<void> {
    const deadline = momentInWords(restorableUntil, to.language);
    await this.#queue('account-deleted', to, deed, { deadline });
  }

  /** アカウント復元のお知らせ. */
  async restored(to: Addressee, deed: Deed, isSuspended: boolean): Promise<void> {
    await this.#queue('account-restored', to, deed, { isSuspended });
  }

  /** アカウント利用停止のお知らせ. */
  async suspended(to: Addressee, deed: Deed): Promise<void> {
    await this.#queue('account-suspended', to, deed);
  }

  /** アカウント利用再開のお知らせ. */
  async released(to: Addressee, deed: Deed): Promise<void> {
    await this.#queue('account-released', to, deed);
  }

  async #queue(mail: string, to: Addressee, deed: Deed, more: object = {}): Promise<void> {
    const { loginId, at, by, objection } = deed;
    await this.queue.queue(mail, to, {
      corporationName: to.corporationName,
      name: to.name,
      loginId,
      time: momentInWords(at, to.language),
      by,
      objectionUrl: objection
        ? `${this.config.publicUrl}/admin-enrollment/objection/${objection}`
        : null,
      ...more,
    });
  }
}
