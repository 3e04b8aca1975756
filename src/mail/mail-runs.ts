import { Injectable } from '@nestjs/common';
import { DAY_SECONDS } from '../durations.js';
import { Limits, type Limit } from '../limits/limits.js';
import {
  companysMail,
  MailLimits,
  type MailLimitReached,
  type MailPurpose,
  type MailSource,
} from './mail-limits.js';

/** Many invitations at once, each a mail of the company for its mailbox; altogether runs count. */
export function companysRunOfMails(corporationId: string): MailSource {
  const { name, isStranger } = companysMail(corporationId);
  const ofAll = { key: `mail:runs:${name}`, maximum: 5, seconds: DAY_SECONDS };
  return { name, all: [{ ...ofAll, exhausted: 'company-run-limit' }], isStranger };
}

/** The limits of mails that are sent together or not at all. */
@Injectable()
export class MailRuns {
  constructor(
    private readonly limits: Limits,
    private readonly mails: MailLimits,
  ) {}

  /**
   * Counts a mail to each address, and the run of them once, or nothing at all.
   * @returns why they must not be sent, and the address whose limit it is
   */
  async takeAll(
    purpose: MailPurpose,
    emails: readonly string[],
    source: MailSource,
  ): Promise<{ reason: MailLimitReached; email?: string } | undefined> {
    const counted: Limit[][] = [];
    for (const round of this.#roundsOf(purpose, emails, source)) {
      const run = counted.length === 0 ? source.all : [];
      const limits = [...run, ...round.flatMap(({ ofSource }) => ofSource)];
      const taken = await this.limits.takeUnlessFault(...limits);
      if (!taken.ok) {
        for (const each of counted) await this.limits.giveBack(...each);
        const exhausted = source.all.find(({ key }) => key === taken.key)?.exhausted;
        const full = round.find(({ ofSource }) => ofSource.some(({ key }) => key === taken.key));
        return exhausted ? { reason: exhausted } : { reason: 'mail-limit', email: full!.email };
      }
      counted.push(limits);
      await this.limits.takeUnlessFault(...round.map(({ coolDown }) => coolDown));
    }
    return undefined;
  }

  /** The same for a run of mails, which does not count either. */
  async giveBackAll(
    purpose: MailPurpose,
    emails: readonly string[],
    source: MailSource,
  ): Promise<void> {
    await this.limits.giveBack(...source.all);
    for (const round of this.#roundsOf(purpose, emails, source))
      await this.limits.giveBack(
        ...round.flatMap(({ coolDown, ofSource }) => [coolDown, ...ofSource]),
      );
  }

  /** Of several mails to one mailbox each is in a round of its own: a counter counts one at a time. */
  #roundsOf(purpose: MailPurpose, emails: readonly string[], source: MailSource) {
    const rounds: { email: string; coolDown: Limit; ofSource: Limit[] }[][] = [];
    const times = new Map<string, number>();
    for (const email of emails) {
      const { coolDown, ofSource } = this.mails.of(purpose, email, source);
      const before = times.get(coolDown.key) ?? 0;
      times.set(coolDown.key, before + 1);
      (rounds[before] ??= []).push({ email, coolDown, ofSource });
    }
    return rounds;
  }
}
