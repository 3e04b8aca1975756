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
  return { name, all: [{ ...runsOf(name), exhausted: 'company-run-limit' }], isStranger };
}

function runsOf(name: string): Limit {
  return { key: `mail:runs:${name}`, maximum: 5, seconds: DAY_SECONDS };
}

/** How many runs a company has left, and from when on it has all of them again. */
export interface RunsLeft {
  left: number;
  endsAt: Date | null;
}

type Round = { email: string; coolDown: Limit; ofSource: Limit[] }[];

export type RunTaken =
  | { ok: true; taken: Limit[][] }
  | {
      ok: false;
      reason: MailLimitReached;
      /** Whose mailbox has reached its limit. */
      email?: string;
    };

/** The limits of mails that are sent together or not at all. */
@Injectable()
export class MailRuns {
  constructor(
    private readonly limits: Limits,
    private readonly mails: MailLimits,
  ) {}

  /** Counts a mail to each address, and the run of them once, or nothing at all. */
  async takeAll(
    purpose: MailPurpose,
    emails: readonly string[],
    source: MailSource,
  ): Promise<RunTaken> {
    const taken: Limit[][] = [];
    const rounds = this.#roundsOf(purpose, emails, source);
    for (const [place, round] of rounds.entries()) {
      const ofRound = round.flatMap(({ ofSource }) => ofSource);
      const limits = place === 0 ? [...source.all, ...ofRound] : ofRound;
      const last = await this.limits.takeUnlessFault(...limits);
      if (!last.ok) {
        await this.giveBackAll(taken);
        return refusalOf(last.key, round, source);
      }
      taken.push(limits);
    }
    // Each mailbox is in the first round.
    const coolDowns = rounds[0]!.map(({ coolDown }) => coolDown);
    return { ok: true, taken: [...taken, await this.#takeThoseFree(coolDowns)] };
  }

  leftOf(corporationId: string): Promise<RunsLeft> {
    return this.limits.left(runsOf(companysMail(corporationId).name));
  }

  /** The run is not sent after all. @param taken as `takeAll` has counted it */
  async giveBackAll(taken: readonly Limit[][]): Promise<void> {
    for (const limits of taken) await this.limits.giveBack(...limits);
  }

  /** Another mail to some of the mailboxes may have begun a cool-down already. */
  async #takeThoseFree(coolDowns: Limit[]): Promise<Limit[]> {
    let free = coolDowns;
    while (free.length > 0) {
      const taken = await this.limits.takeUnlessFault(...free);
      if (taken.ok) break;
      free = free.filter(({ key }) => key !== taken.key);
    }
    return free;
  }

  /** Of several mails to one mailbox each is in a round of its own: a counter counts one at a time. */
  #roundsOf(purpose: MailPurpose, emails: readonly string[], source: MailSource): Round[] {
    const rounds: Round[] = [];
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

function refusalOf(key: string, round: Round, { all }: MailSource): RunTaken {
  const ofAll = all.find((limit) => limit.key === key);
  if (ofAll) return { ok: false, reason: ofAll.exhausted };
  const full = round.find(({ ofSource }) => ofSource.some((limit) => limit.key === key));
  return { ok: false, reason: 'mail-limit', email: full!.email };
}
