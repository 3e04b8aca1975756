import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Role } from '../identity/role.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** Mails to people about acts of their administrators, each called in the transaction of the act. */
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

  /** 棚卸しのお願い: to an administrator, twice a year. */
  async reviewReminder(to: Addressee): Promise<void> {
    const { corporationName, name } = to;
    const url = `${this.config.publicUrl}/accounts/handover`;
    await this.queue.queue('review-reminder', to, { corporationName, name, url });
  }
}
