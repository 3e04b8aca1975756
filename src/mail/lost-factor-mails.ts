import { Injectable } from '@nestjs/common';
import { MailQueue, type Addressee, type LinkInMail } from './mail-queue.js';

/** The way on for somebody who gave the right password and has no second factor at hand. */
export interface LostFactorWay {
  /** For the only administrator: the link that begins the removal. */
  link?: LinkInMail;
  /** The administrators to ask; empty where the desk is to be asked. */
  names: string[];
  /** A removal runs already, until then. */
  runsUntil: Date | null;
  /** Somebody objected to the last removal, so the desk decides. */
  isAtDesk: boolean;
  /** The mail address can still go back to the one before: no removal begins by mail. */
  isMailboxNew: boolean;
}

export interface RemovalFacts {
  person: string;
  time: Date;
  /** From where it was asked for; '' where the desk began it. */
  address: string;
  endsAt: Date;
  /** At its end the factor is off, and a recovery leads on. */
  isOfDesk: boolean;
  /** Nothing stops it. */
  isFinal: boolean;
}

/** As the desk needs it. */
export interface RemovalOfCompany extends RemovalFacts {
  loginId: string;
  corporationName: string;
  corporateNumber: string;
}

/** The reader of a mail about a removal, as far as its words depend on it. */
export interface RemovalReader {
  /** The person whose factor it is. */
  isOwn: boolean;
  isBillingContact: boolean;
}

/** Mails about lost second factors, each queued in the transaction that causes it. */
@Injectable()
export class LostFactorMails {
  constructor(private readonly queue: MailQueue) {}

  /** 確認コードを入力できない方へ: to somebody whose right password was given. */
  factorLost(
    to: Addressee,
    { link, ...way }: LostFactorWay,
    facts: { time: Date; address: string },
  ) {
    const opened = link ? this.queue.link('lost-factor', link) : { url: null, deadline: null };
    return this.queue.queue('factor-lost', to, { ...way, ...opened, ...facts });
  }

  /**
   * 2段階認証の解除の手続きが始まりました: to each mailbox of the company and the billing contact.
   * @param letters.link to object with; absent where the desk has decided about an objection
   */
  removalBegun(
    letters: { to: Addressee; reader: RemovalReader; link: LinkInMail | undefined }[],
    facts: RemovalFacts,
  ) {
    const linked = letters.map(({ to, reader, link }) => {
      const opened = link ? this.queue.link('lost-factor/objection', link) : { url: null };
      return { to, model: { ...facts, ...reader, ...opened } };
    });
    return this.queue.queueAll('factor-removal-begun', linked);
  }

  /** How it ended, to everybody who was told that it began. */
  removalEnded(
    letters: { to: Addressee; reader: RemovalReader }[],
    outcome: string,
    { person, time }: Pick<RemovalFacts, 'person' | 'time'>,
  ) {
    const outcomes = {
      isCancelled: outcome === 'cancelled',
      isObjected: outcome === 'objected',
      isTakenOff: outcome === 'taken-off',
      isOff: outcome === 'off',
      isClosed: outcome === 'lapsed',
    };
    const written = letters.map(({ to, reader }) => {
      return { to, model: { person, time, ...reader, ...outcomes } };
    });
    return this.queue.queueAll('factor-removal-ended', written);
  }

  /** 新しい認証アプリの設定: the time is over, and the link opens the set-up. */
  factorEnrolment(to: Addressee, link: LinkInMail) {
    return this.queue.queue('factor-enrolment', to, this.queue.link('lost-factor/enrolment', link));
  }

  /** To the desk: a removal began, or somebody objected to it. */
  removalForDesk(facts: RemovalOfCompany, by?: string) {
    const model = { ...facts, isObjected: by !== undefined, objector: by ?? '' };
    return this.queue.queue('factor-removal-for-desk', this.queue.desk, model);
  }

  /**
   * 2段階認証の解除のお知らせ: an administrator took the factor off.
   * @param isOwn to the person; otherwise to another administrator
   */
  factorTakenOff(
    to: Addressee,
    deed: { person: string; by: string; time: Date; dueAt: Date | null },
    isOwn: boolean,
  ) {
    return this.queue.queue('second-factor-taken-off', to, { ...deed, isOwn });
  }
}
