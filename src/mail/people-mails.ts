import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Role } from '../identity/role.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** The administrator's name, and the key to object with, if the target may. */
export interface DoneBy {
  by: string;
  objectionKey: string | undefined;
}

/** Mails to people about acts of their administrators, each called in the transaction of the act. */
@Injectable()
export class PeopleMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** 権限変更のお知らせ: what the person may do from now on. */
  async roleChanged(to: Addressee, facts: DoneBy & { role: Role }): Promise<void> {
    const isAdministrator = facts.role === 'administrator';
    await this.queue.queue('role-changed', to, { ...this.#model(to, facts), isAdministrator });
  }

  /** ログイン終了のお知らせ: an administrator ended all sign-ins of the person. */
  async sessionsEnded(to: Addressee, facts: DoneBy): Promise<void> {
    await this.queue.queue('sessions-ended', to, this.#model(to, facts));
  }

  /** 棚卸しのお願い: to an administrator, twice a year. */
  async reviewReminder(to: Addressee): Promise<void> {
    const { corporationName, name } = to;
    const url = `${this.config.publicUrl}/accounts/handover`;
    await this.queue.queue('review-reminder', to, { corporationName, name, url });
  }

  #model({ corporationName, name }: Addressee, { by, objectionKey }: DoneBy) {
    const objectionUrl = objectionKey
      ? `${this.config.publicUrl}/admin-enrollment/objection/${objectionKey}`
      : null;
    return { corporationName, name, by, objectionUrl };
  }
}
