import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../durations.js';
import { withoutTag } from '../identity/login-id.js';
import { Limits, type Limit, type Taken } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';

const COOL_DOWN = 180;

/** Mails of one purpose use up nothing of another one. */
export type MailPurpose =
  'recovery' | 'application' | 'invitation' | 'email-change' | 'lost-factor';

/** Of the source for this mailbox, of the source, or of what all strangers cause for the mailbox. */
export type MailLimitReached =
  | 'mail-limit'
  | 'network-mail-limit'
  | 'company-limit'
  | 'company-run-limit'
  | 'person-mail-limit'
  | 'mailbox-limit';

export type MailRefusal = 'mail-too-soon' | MailLimitReached;

interface OfAll extends Limit {
  exhausted: 'network-mail-limit' | 'company-limit' | 'company-run-limit' | 'person-mail-limit';
}

/** The one who causes a mail, and whom its limits therefore concern. */
export interface MailSource {
  name: string;
  /** Of everything that the source causes, whichever the mailbox. */
  all: OfAll[];
  isStranger: boolean;
}

export function strangersMail({ site, client }: Visit): MailSource {
  return { name: `network:${site}`, all: [ofClient(client)], isStranger: true };
}

/** An administrator: one person invites a whole department. */
export function companysMail(corporationId: string): MailSource {
  const name = `company:${corporationId}`;
  const ofAll = { key: `mail:${name}`, maximum: 200, seconds: HOUR_SECONDS };
  return { name, all: [{ ...ofAll, exhausted: 'company-limit' }], isStranger: false };
}

/** Somebody who is signed in, about the own account; networks are cheap, so the account counts too. */
export function personsMail(accountId: string, { client }: Visit): MailSource {
  const name = `account:${accountId}`;
  const own = hourAndDay(name, 10, 20);
  const all = own.map((limit) => ({ ...limit, exhausted: 'person-mail-limit' as const }));
  return { name, all: [ofClient(client), ...all], isStranger: false };
}

function ofClient(client: string): OfAll {
  const all = { key: `mail:client:${client}`, maximum: 20, seconds: HOUR_SECONDS };
  return { ...all, exhausted: 'network-mail-limit' };
}

/**
 * Limits of mail, equal for mailboxes that exist and others. They punish the source: what one causes
 * for a mailbox leaves everybody else's mails to it. What all strangers together cause for one
 * mailbox has a wider limit, beyond which the way goes on without another mail.
 */
@Injectable()
export class MailLimits {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly limits: Limits,
  ) {
    this.#key = config.keyFor('mail-limits');
  }

  /** Counts a mail. @returns why it must not be sent */
  async take(
    purpose: MailPurpose,
    email: string,
    source: MailSource,
  ): Promise<MailLimitReached | undefined> {
    const { coolDown, ofSource, ofMailbox } = this.of(purpose, email, source);
    const taken = await this.limits.takeUnlessFault(...ofSource, ...source.all);
    const reached = await this.#reached(taken, ofMailbox, source);
    if (!reached) await this.limits.takeUnlessFault(coolDown);
    return reached;
  }

  /** The same for a mail that is asked for once more: also not within three minutes. */
  async takeAnother(
    purpose: MailPurpose,
    email: string,
    source: MailSource,
  ): Promise<MailRefusal | undefined> {
    const { coolDown, ofSource, ofMailbox } = this.of(purpose, email, source);
    const taken = await this.limits.takeUnlessFault(coolDown, ...ofSource, ...source.all);
    if (!taken.ok && taken.key === coolDown.key) return 'mail-too-soon';
    return this.#reached(taken, ofMailbox, source);
  }

  /**
   * Counts a mail that may be sent beyond these limits: its mailbox may have no live link, or its
   * reader be known where it is asked for.
   * @param place a network, a browser, or another name for what counts apart @returns false when it must not be sent
   */
  async takeBeyond(purpose: MailPurpose, email: string, place: string): Promise<boolean> {
    const own = `${purpose}:${this.#digestOf(email)}:known:${place}`;
    return (await this.limits.takeUnlessFault(...hourAndDay(own, 3, 10))).ok;
  }

  /** The same for a mailbox whose mails come back. */
  async takeOneADay(purpose: MailPurpose, email: string): Promise<boolean> {
    const key = `mail:suppressed:${purpose}:${this.#digestOf(email)}`;
    return (await this.limits.takeUnlessFault({ key, maximum: 1, seconds: DAY_SECONDS })).ok;
  }

  /** The mailbox got no mail after all; what its source caused altogether stays counted. */
  async giveBack(purpose: MailPurpose, email: string, source: MailSource): Promise<void> {
    const { coolDown, ofSource, ofMailbox } = this.of(purpose, email, source);
    await this.limits.giveBack(coolDown, ...ofSource, ...ofMailbox);
  }

  async #reached(
    taken: Taken,
    ofMailbox: Limit[],
    { all }: MailSource,
  ): Promise<MailLimitReached | undefined> {
    if (!taken.ok) return all.find(({ key }) => key === taken.key)?.exhausted ?? 'mail-limit';
    return (await this.limits.takeUnlessFault(...ofMailbox)).ok ? undefined : 'mailbox-limit';
  }

  /** The counters of a mail, but for those of everything that its source causes. */
  of(
    purpose: MailPurpose,
    email: string,
    { name, isStranger }: MailSource,
  ): { coolDown: Limit; ofSource: Limit[]; ofMailbox: Limit[] } {
    const ofAll = `${purpose}:${this.#digestOf(email)}`;
    const own = `${ofAll}:${name}`;
    return {
      coolDown: { key: `mail:cool-down:${own}`, maximum: 1, seconds: COOL_DOWN },
      ofSource: hourAndDay(own, 3, 10),
      ofMailbox: isStranger ? hourAndDay(ofAll, 12, 40) : [],
    };
  }

  /** Mailboxes are counted by a keyed digest, so that no counter tells an address. */
  #digestOf(email: string): string {
    return createHmac('sha256', this.#key).update(withoutTag(email)).digest('base64url');
  }
}

function hourAndDay(name: string, anHour: number, aDay: number): Limit[] {
  return [
    { key: `mail:hour:${name}`, maximum: anHour, seconds: HOUR_SECONDS },
    { key: `mail:day:${name}`, maximum: aDay, seconds: DAY_SECONDS },
  ];
}
