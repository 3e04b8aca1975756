import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Role } from '../identity/role.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

export interface Deed {
  loginId: string;
  at: Date;
  /** The administrator's name; null when the person did it. */
  by: string | null;
  /** The key of the link to object with, while there is one. */
  objection?: string | undefined;
}

/** An act of the desk on somebody's account. */
export interface DeskDeed {
  act: 'freeze' | 'release' | 'end-sessions';
  loginId: string;
  at: Date;
  why: string;
}

/** Mails to people about what their administrators or the desk do, each called in the transaction of the act. */
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

  /** 招待: the link by which the invited person chooses login ID and password. @returns its delivery's id */
  async invitation(
    to: Addressee,
    link: { inviter: string; token: string; endsAt: Date },
  ): Promise<string> {
    return this.queue.queue('invitation', to, {
      corporationName: to.corporationName,
      name: to.name,
      inviter: link.inviter,
      url: `${this.config.publicUrl}/invitation/${link.token}`,
      deadline: momentInWords(link.endsAt, to.language),
    });
  }

  /** 権限変更のお知らせ: what the person may do from now on. @param by the administrator's name */
  async roleChanged(to: Addressee, { role, by }: { role: Role; by: string }): Promise<void> {
    const { corporationName, name } = to;
    const isAdministrator = role === 'administrator';
    await this.queue.queue('role-changed', to, { corporationName, name, by, isAdministrator });
  }

  /** ログイン終了のお知らせ: an administrator ended all sign-ins of the person. */
  async sessionsEnded(to: Addressee, { by }: { by: string }): Promise<void> {
    const { corporationName, name } = to;
    await this.queue.queue('sessions-ended', to, { corporationName, name, by });
  }

  /** 担当窓口による操作のお知らせ. */
  async deskActed(to: Addressee, { act, loginId, at, why }: DeskDeed): Promise<void> {
    const { corporationName, name } = to;
    const time = momentInWords(at, to.language);
    const acts = { isFrozen: act === 'freeze', isReleased: act === 'release' };
    await this.queue.queue('desk-acted', to, {
      corporationName,
      name,
      loginId,
      time,
      why,
      ...acts,
    });
  }

  /** 棚卸しのお願い: to an administrator, twice a year. */
  async reviewReminder(to: Addressee): Promise<void> {
    const { corporationName, name } = to;
    const url = `${this.config.publicUrl}/accounts/handover`;
    await this.queue.queue('review-reminder', to, { corporationName, name, url });
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
