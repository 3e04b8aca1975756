import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import type { Reason } from '../../audit/reasons.js';
import { REASON_WORDS } from '../../audit/words/reason-words.js';
import { before as past, databaseNow } from '../../database/clock.js';
import { browserInWords, type BrowserFacts } from '../../web/browser-name.js';
import { say, type Sentence } from '../../web/sentence.js';

const DONE = say('ログインしました');

const PAGE = 20;
const BATCH = 500;

export type SignInOfHistory = ReturnType<typeof signInOf>;

/** An account's sign-ins of 90 days, those that failed too, read from the log. */
@Injectable()
export class SignInHistory {
  constructor(private readonly em: EntityManager) {}

  /**
   * The model of the partial `sign-ins`.
   * @param before the id of the row that the page begins behind; anything else: the newest come first
   * @param path of the page
   */
  async page(accountId: string, before: unknown, path: string) {
    const from = typeof before === 'string' && /^\d{1,18}$/.test(before) ? before : undefined;
    const rows = await this.#rows(accountId, from, PAGE + 1);
    const [shown, hasMore] = [rows.slice(0, PAGE), rows.length > PAGE];
    return {
      signIns: shown.map(signInOf),
      hasPages: hasMore || from !== undefined,
      latest: from === undefined ? null : path,
      older: hasMore ? `${path}?before=${shown.at(-1)!.id}` : null,
    };
  }

  async *all(accountId: string): AsyncGenerator<SignInOfHistory> {
    let from: string | undefined;
    for (;;) {
      const rows = await this.#rows(accountId, from, BATCH);
      yield* rows.map(signInOf);
      if (rows.length < BATCH) return;
      from = rows.at(-1)!.id;
    }
  }

  async #rows(accountId: string, from: string | undefined, limit: number): Promise<AuditEntry[]> {
    const earliest = past(await databaseNow(this.em), { days: 90 });
    return this.em.find(
      AuditEntry,
      { accountId, act: 'sign-in', at: { $gt: earliest }, ...(from && { id: { $lt: from } }) },
      { orderBy: { id: 'desc' }, limit, disableIdentityMap: true },
    );
  }
}

function signInOf({ at, reason, address, facts }: AuditEntry) {
  return {
    time: at,
    done: reason === 'done',
    result: facts.count ? waited(Number(facts.count)) : resultOf(reason),
    address: address ?? '',
    browser: browserInWords(facts as Partial<BrowserFacts>),
  };
}

function resultOf(reason: Reason): Sentence {
  return reason === 'done' ? DONE : REASON_WORDS[reason];
}

/** One row stands for all tries of an hour. */
function waited(count: number): Sentence {
  return say('失敗が続いたため、1時間に{count}回、確認しませんでした', { count });
}
