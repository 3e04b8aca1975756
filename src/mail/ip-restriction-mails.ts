import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { momentInWords } from '../web/moment-in-words.js';
import { MailQueue } from './mail-queue.js';
import type { Addressee } from './mails.js';

export interface ListChange {
  /** The list in force from now on restricts addresses. */
  restricts: boolean;
  at: Date;
  /** Null when time alone did it. */
  actorName: string | null;
}

export interface MailedEntry {
  network: string;
  label: string;
  endsAt: Date;
}

/** Mails about the IP restriction, each called in the transaction that causes it. */
@Injectable()
export class IpRestrictionMails {
  constructor(
    private readonly config: Config,
    private readonly queue: MailQueue,
  ) {}

  /** A list is on trial: without a confirmation it ends by itself. */
  async trialStarted(to: Addressee, change: ListChange & { endsAt: Date }): Promise<void> {
    await this.#queue('ip-trial-started', to, {
      ...changeIn(to, change),
      deadline: momentInWords(change.endsAt, to.language),
      url: this.#url('/ip-restriction/trial'),
    });
  }

  /** A list is in force for good. */
  async changed(to: Addressee, change: ListChange): Promise<void> {
    await this.#queue('ip-changed', to, {
      ...changeIn(to, change),
      url: this.#url('/ip-restriction'),
    });
  }

  /** A list ended, and the one before it is in force again. */
  async ended(to: Addressee, change: ListChange): Promise<void> {
    await this.#queue('ip-ended', to, {
      ...changeIn(to, change),
      url: this.#url('/ip-restriction'),
    });
  }

  /** 許可の依頼: to each administrator. */
  async requested(
    to: Addressee,
    request: { name: string; address: string; purpose: string; until: Date },
  ): Promise<void> {
    await this.#queue('ip-request', to, {
      requester: request.name,
      address: request.address,
      purpose: request.purpose,
      until: momentInWords(request.until, to.language),
      url: this.#url('/ip-restriction/requests'),
    });
  }

  /** To the requester: the address is admitted from now on. */
  async approved(
    to: Addressee,
    { address, until }: { address: string; until: Date },
  ): Promise<void> {
    await this.#queue('ip-request-approved', to, {
      address,
      until: momentInWords(until, to.language),
      url: this.#url('/login'),
    });
  }

  /** To the requester: the address stays refused, with the administrator's word. */
  async refused(
    to: Addressee,
    { address, word }: { address: string; word: string },
  ): Promise<void> {
    await this.#queue('ip-request-refused', to, { address, word });
  }

  /** To each administrator: somebody came in with an emergency ticket. */
  async emergencyUsed(
    to: Addressee,
    facts: { name: string; address: string; at: Date; left: number },
  ): Promise<void> {
    await this.#queue('ip-emergency', to, {
      user: facts.name,
      address: facts.address,
      time: momentInWords(facts.at, to.language),
      left: facts.left,
      url: this.#url('/ip-restriction'),
    });
  }

  /** To each administrator, 7 days and 1 day before. @param kept their ends would be held back */
  async entriesEnd(to: Addressee, entries: (MailedEntry & { kept: boolean })[]): Promise<void> {
    await this.#queue('ip-entries-end', to, {
      entries: entries.map((entry) => ({ ...entryIn(to, entry), kept: entry.kept })),
      url: this.#url('/ip-restriction'),
    });
  }

  /** To each administrator: these go on past their date, because otherwise no administrator could sign in. */
  async entriesKept(to: Addressee, entries: MailedEntry[]): Promise<void> {
    await this.#queue('ip-entries-kept', to, {
      entries: entries.map((entry) => entryIn(to, entry)),
      url: this.#url('/ip-restriction'),
    });
  }

  /** To each administrator: the desk lets everybody in for some hours. */
  async suspended(
    to: Addressee,
    { until, reason }: { until: Date; reason: string },
  ): Promise<void> {
    await this.#queue('ip-suspended', to, {
      until: momentInWords(until, to.language),
      reason,
      url: this.#url('/ip-restriction'),
    });
  }

  #url(path: string): string {
    return `${this.config.publicUrl}${path}`;
  }

  async #queue(mail: string, to: Addressee, model: object): Promise<void> {
    const { corporationName, name } = to;
    await this.queue.queue(mail, to, { corporationName, name, ...model });
  }
}

function changeIn({ language }: Addressee, { restricts, at, actorName }: ListChange) {
  return { restricts, actorName, time: momentInWords(at, language) };
}

function entryIn({ language }: Addressee, { network, label, endsAt }: MailedEntry) {
  return { network, label, end: momentInWords(endsAt, language) };
}
