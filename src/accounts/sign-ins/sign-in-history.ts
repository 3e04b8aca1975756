import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';
import type { Reason } from '../../audit/reasons.js';
import { SIGNED_IN_BY_RECOVERY_CODE } from '../../audit/words/people-words.js';
import { reasonInWords } from '../../audit/words/reason-words.js';
import { before as past, databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { browserInWords, type BrowserFacts } from '../../web/browser-name.js';
import { say, type Sentence } from '../../web/sentence.js';

const RESULTS: Partial<Record<Reason, Sentence>> = {
  done: say('ログインしました'),
  'second-factor-needed': say(
    '正しいパスワードが入力されましたが、確認コードの入力で終わりました。お心当たりがない場合は、パスワードを変更してください。',
  ),
};

/** How a sign-in ended; `half` between the password and the second factor. */
export type SignInEnd = 'done' | 'half' | 'failed';

/**
 * The factor was asked for, and the same browser went on from there to its session, with wrong codes
 * or without: the row of the session says it all. A question lasts five minutes.
 */
export const IS_ANSWERED = `(
  e.reason = 'second-factor-needed' and coalesce((
    select later.reason = 'done' from audit_entries later
    where later.account_id = e.account_id and later.act = 'sign-in' and later.id > e.id
      and later.at between e.at and e.at + interval '6 minutes'
      and later.address is not distinct from e.address and later.facts - 'factor' = e.facts
      and later.reason <> 'second-factor-wrong'
    order by later.id limit 1), false))`;

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

  async #rows(accountId: string, from: string | undefined, limit: number): Promise<SignInRow[]> {
    const earliest = past(await databaseNow(this.em), { days: 90 });
    return tables(this.em)
      .selectFrom('audit_entries as e')
      .select(['e.id', 'e.at', 'e.reason', 'e.address', 'e.facts'])
      .where('e.account_id', '=', accountId)
      .where('e.act', '=', 'sign-in')
      .where('e.at', '>', earliest)
      .$if(from !== undefined, (query) => query.where('e.id', '<', from!))
      .where(sql<boolean>`not ${sql.raw(IS_ANSWERED)}`)
      .orderBy('e.id', 'desc')
      .limit(limit)
      .execute();
  }
}

type SignInRow = Pick<AuditEntry, 'id' | 'at' | 'reason' | 'address' | 'facts'>;

function signInOf({ at, reason, address, facts }: SignInRow) {
  return {
    time: at,
    end: endOf(reason),
    result: facts.count ? waited(Number(facts.count)) : resultOf(reason, facts.factor),
    address: address ?? '',
    browser: browserInWords(facts as Partial<BrowserFacts>),
  };
}

function resultOf(reason: Reason, factor: unknown): Sentence {
  if (reason === 'done' && factor === 'recovery-code') return SIGNED_IN_BY_RECOVERY_CODE;
  return RESULTS[reason] ?? reasonInWords(reason);
}

function endOf(reason: Reason): SignInEnd {
  if (reason === 'done') return 'done';
  return reason === 'second-factor-needed' ? 'half' : 'failed';
}

/** One row stands for all tries of an hour. */
function waited(count: number): Sentence {
  return say('失敗が続いたため、1時間に{count}回、確認しませんでした', { count });
}
