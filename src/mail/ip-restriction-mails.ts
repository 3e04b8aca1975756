import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

/** A change of a company's list. */
export interface ListChange {
  /** The list in force from now on restricts addresses. */
  restricts: boolean;
  at: Date;
  /** Null when time alone did it. */
  actorName: string | null;
}

/** IPアドレス制限の変更: to every administrator, in the transaction that changes the list. */
@Injectable()
export class IpRestrictionMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** A list is on trial: without a confirmation it ends by itself. */
  async trialStarted(to: Addressee, change: ListChange & { endsAt: Date }): Promise<void> {
    await this.queue.queue('ip-trial-started', to, {
      ...this.#model(to, change),
      deadline: momentInWords(change.endsAt, to.language),
      url: `${this.config.publicUrl}/ip-restriction/trial`,
    });
  }

  /** A list is in force for good. */
  async changed(to: Addressee, change: ListChange): Promise<void> {
    await this.queue.queue('ip-changed', to, {
      ...this.#model(to, change),
      url: `${this.config.publicUrl}/ip-restriction`,
    });
  }

  /** A list ended, and the one before it is in force again. */
  async ended(to: Addressee, change: ListChange): Promise<void> {
    await this.queue.queue('ip-ended', to, {
      ...this.#model(to, change),
      url: `${this.config.publicUrl}/ip-restriction`,
    });
  }

  #model({ corporationName, name, language }: Addressee, { restricts, at, actorName }: ListChange) {
    return { corporationName, name, restricts, actorName, time: momentInWords(at, language) };
  }
}
