import { Injectable } from '@nestjs/common';
import { Day } from '../web/day.js';
import type { MailKind } from './mail-kinds.js';
import { MailQueue, type Addressee } from './mail-queue.js';

export interface ListChange {
  /** The list in force from now on restricts addresses. */
  restricts: boolean;
  time: Date;
  actorName: string | null;
}

/** A request that somebody's list grants, and what it opens. */
export interface GrantedRequest {
  requester: string;
  network: string;
  purpose: string;
  until: Date;
}

export interface MailedEntry {
  network: string;
  label: string;
  end: Date;
}

/** Mails about the IP restriction, each called in the transaction that causes it. */
@Injectable()
export class IpRestrictionMails {
  constructor(private readonly queue: MailQueue) {}

  /** A list is on trial: without a confirmation it ends by itself. */
  trialStarted(to: Addressee, change: ListChange & { deadline: Date }) {
    return this.#queue('ip-trial-started', to, change, '/trial');
  }

  changed(to: Addressee, change: ListChange) {
    return this.#queue('ip-changed', to, change);
  }

  /** Instead, where the new list is the former one and the address of a request. */
  requestGranted(
    to: Addressee,
    { until, ...granted }: GrantedRequest & Pick<ListChange, 'actorName' | 'time'>,
  ) {
    return this.#queue('ip-request-granted', to, { ...granted, until: Day.lastBefore(until) });
  }

  /** A list ended, and the one before it is in force again. */
  ended(to: Addressee, change: ListChange) {
    return this.#queue('ip-ended', to, change);
  }

  /** 許可の依頼: to each administrator. */
  requested(
    to: Addressee,
    request: { requester: string; address: string; purpose: string; until: Date },
  ) {
    const until = Day.lastBefore(request.until);
    return this.#queue('ip-request', to, { ...request, until }, '/requests');
  }

  /** To the requester: the address is admitted from now on. */
  approved(
    to: Addressee,
    { until, ...approved }: { actorName: string; address: string; until: Date },
  ) {
    const model = { ...approved, until: Day.lastBefore(until), url: this.queue.url('login') };
    return this.queue.queue('ip-request-approved', to, model);
  }

  /** To the requester: the address stays refused, with the administrator's word. */
  refused(to: Addressee, refused: { actorName: string; address: string; word: string }) {
    return this.queue.queue('ip-request-refused', to, refused);
  }

  /** To each administrator: somebody came in with an emergency ticket. */
  emergencyUsed(to: Addressee, use: { user: string; address: string; time: Date; left: number }) {
    return this.#queue('ip-emergency', to, use);
  }

  /** To each administrator, 7 days and 1 day before. @param kept their ends would be held back */
  entriesEnd(to: Addressee, entries: (MailedEntry & { kept: boolean })[]) {
    return this.#queue('ip-entries-end', to, { entries: entries.map(withLastDay) });
  }

  /** To each administrator: these go on past their date, because otherwise no administrator could sign in. */
  entriesKept(to: Addressee, entries: MailedEntry[]) {
    return this.#queue('ip-entries-kept', to, { entries: entries.map(withLastDay) });
  }

  /** To each administrator: the desk lets everybody in for some hours. */
  suspended(to: Addressee, suspension: { until: Date; reason: string }) {
    return this.#queue('ip-suspended', to, suspension);
  }

  /** To each administrator: the desk ends that before its time. */
  resumed(to: Addressee, { reason }: { reason: string }) {
    return this.#queue('ip-resumed', to, { reason });
  }

  /** With the page of the restriction, or one below it. */
  #queue(mail: MailKind, to: Addressee, model: object, page = '') {
    return this.queue.queue(mail, to, { ...model, url: this.queue.url(`ip-restriction${page}`) });
  }
}

function withLastDay<E extends MailedEntry>(entry: E) {
  return { ...entry, end: Day.lastBefore(entry.end) };
}
