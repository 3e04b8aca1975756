import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import type { Account } from '../../identity/account.entity.js';
import { administratorsOf } from '../../identity/administrators.js';
import { Limits } from '../../limits/limits.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { readEndDate } from '../lists/end-date.js';
import { IpRequest } from './ip-request.entity.js';

const A_DAY = 3;
const LONGEST = { days: 366 };

export type Requested = { ok: true } | { ok: false; retryAfter: number };

/** 許可の依頼: a mail and a task for the administrators, who decide about it. */
@Injectable()
export class IpRequests {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: IpRestrictionMails,
    private readonly audit: Audit,
  ) {}

  /** At most three a day for each person (retryAfter in seconds). */
  async ask(person: Account, purpose: string, until: Date, visit: Visit): Promise<Requested> {
    const { accountId, corporationId } = person.addressee;
    const of = { accountId, corporationId, visit };
    const limit = { key: `ip-request:${accountId}`, maximum: A_DAY, seconds: DAY_SECONDS };
    const taken = await this.limits.take(limit);
    if (!taken.ok) {
      await this.audit.refuse('ip-request', 'requests-exhausted', of);
      return { ok: false, retryAfter: taken.retryAfter };
    }
    const { address } = visit;
    const asked = { address, purpose, wantedUntil: until };
    await inTransaction(this.em, async () => {
      const by = { corporation: corporationId, account: accountId };
      const target = await this.em.insert(IpRequest, { ...by, ...asked });
      const facts = { requester: person.name, address, purpose, until };
      for (const to of await administratorsOf(this.em, corporationId))
        await this.mails.requested(to, facts);
      await this.audit.done('ip-request', of, { target });
    });
    return { ok: true };
  }

  /** For at most a year. */
  async readEnd(
    typed: string,
  ): Promise<{ ok: true; endsAt: Date } | { ok: false; sentence: Sentence }> {
    const now = await databaseNow(this.em);
    const end = readEndDate(typed, now);
    if (!end.ok) return end;
    if (end.endsAt && end.endsAt <= after(now, LONGEST)) return { ok: true, endsAt: end.endsAt };
    return { ok: false, sentence: say('利用終了日は、1年以内の日付にしてください。') };
  }

  /** The requests that wait for a decision, the oldest first. */
  async open(corporationId: string): Promise<IpRequest[]> {
    return this.em.find(IpRequest, await this.#open(corporationId), {
      populate: ['account'],
      orderBy: { createdAt: 'asc' },
    });
  }

  /** @returns undefined for a request that was decided or whose time is over */
  async find(corporationId: string, id: string): Promise<IpRequest | undefined> {
    const open = { ...(await this.#open(corporationId)), id };
    return (
      (await this.em.findOne(IpRequest, open, { populate: ['account.corporation'] })) ?? undefined
    );
  }

  async #open(corporation: string) {
    return {
      corporation,
      decidedAt: null,
      wantedUntil: { $gt: await databaseNow(this.em) },
      account: { state: 'active' },
    } satisfies FilterQuery<IpRequest>;
  }

  /** What this person asked for last and waits for. */
  async lastOf(account: Account): Promise<IpRequest | undefined> {
    const open = { ...(await this.#open(account.corporation.id)), account: account.id };
    const [last] = await this.em.find(IpRequest, open, {
      orderBy: { createdAt: 'desc' },
      limit: 1,
    });
    return last;
  }

  /** Also one that was decided or is over. */
  async findAny(corporation: string, id: string): Promise<IpRequest | undefined> {
    const found = await this.em.findOne(
      IpRequest,
      { corporation, id },
      { populate: ['account'], refresh: true },
    );
    return found ?? undefined;
  }

  async decided(corporation: string, most: number): Promise<IpRequest[]> {
    return this.em.find(
      IpRequest,
      { corporation, decidedAt: { $ne: null } },
      { populate: ['account'], orderBy: { decidedAt: 'desc' }, limit: most },
    );
  }
}
