import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../durations.js';
import { emailKey } from '../identity/login-id.js';
import { Limits, type Exhausted, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';

const COOL_DOWN = 180;
const MAILS_OF_A_COMPANY = 200;

/** Reasons not to send a mail that somebody of a company causes. */
export type MailRefusal = 'mail-too-soon' | MailLimitReached | 'company-limit';

/** Of the mailbox, or of the client's network. */
export type MailLimitReached = 'mail-limit' | 'network-mail-limit';

/** Limits of the mail that strangers can cause: per mailbox, existing or not, and per client. */
@Injectable()
export class MailLimits {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly limits: Limits,
  ) {
    this.#key = config.keyFor('mail-limits');
  }

  /** Counts a mail that somebody caused. @returns why it must not be sent */
  async take(email: string, { client }: Visit): Promise<MailLimitReached | undefined> {
    const { coolDown, hour, day } = this.#limitsOf(email);
    const taken = await this.limits.takeUnlessFault(hour, day, limitOfClient(client));
    if (!taken.ok) return limitOf(taken);
    await this.limits.takeUnlessFault(coolDown);
    return undefined;
  }

  /** The mailbox got no mail after all; what the client caused stays counted. */
  async giveBack(email: string): Promise<void> {
    const { coolDown, hour, day } = this.#limitsOf(email);
    await this.limits.giveBack(hour, day, coolDown);
  }

  /** Counts a mail that is asked for once more: also not within three minutes of the one before. */
  async takeAnother(
    email: string,
    { client }: Visit,
  ): Promise<'mail-too-soon' | MailLimitReached | undefined> {
    const { coolDown, hour, day } = this.#limitsOf(email);
    const taken = await this.limits.takeUnlessFault(coolDown, hour, day, limitOfClient(client));
    if (taken.ok) return undefined;
    return taken.key === coolDown.key ? 'mail-too-soon' : limitOf(taken);
  }

  /**
   * Counts a mail that an administrator causes: as many for a mailbox as strangers may cause, and
   * 200 an hour for the company, because one person invites a whole department.
   * @param options.again the mail is asked for once more: also not within three minutes
   */
  async takeForCompany(
    email: string,
    corporationId: string,
    { again = false } = {},
  ): Promise<MailRefusal | undefined> {
    const { coolDown, hour, day } = this.#limitsOf(email);
    const company = {
      key: `mail:company:${corporationId}`,
      maximum: MAILS_OF_A_COMPANY,
      seconds: HOUR_SECONDS,
    };
    const taken = await this.limits.takeUnlessFault(
      ...(again ? [coolDown] : []),
      hour,
      day,
      company,
    );
    if (taken.ok && !again) await this.limits.takeUnlessFault(coolDown);
    if (taken.ok) return undefined;
    if (taken.key === coolDown.key) return 'mail-too-soon';
    return taken.key === company.key ? 'company-limit' : 'mail-limit';
  }

  /** Mailboxes are counted by a keyed digest, so that no counter tells an address. */
  #limitsOf(email: string): Record<'coolDown' | 'hour' | 'day', Limit> {
    const mailbox = createHmac('sha256', this.#key).update(emailKey(email)).digest('base64url');
    return {
      coolDown: { key: `mail:cool-down:${mailbox}`, maximum: 1, seconds: COOL_DOWN },
      hour: { key: `mail:hour:${mailbox}`, maximum: 3, seconds: HOUR_SECONDS },
      day: { key: `mail:day:${mailbox}`, maximum: 10, seconds: DAY_SECONDS },
    };
  }
}

function limitOfClient(client: string): Limit {
  return { key: `mail:client:${client}`, maximum: 20, seconds: HOUR_SECONDS };
}

function limitOf({ key }: Exhausted): MailLimitReached {
  return key.startsWith('mail:client:') ? 'network-mail-limit' : 'mail-limit';
}
