import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Role } from '../identity/role.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** An act of the desk on somebody's account. */
export interface DeskDeed {
  act: 'freeze' | 'release' | 'end-sessions';
  loginId: string;
  at: Date;
  why: string;
}

/** Mails to people about acts of their administrators or the desk, each called in the transaction of the act. */
@Injectable()
export class PeopleMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

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
}
