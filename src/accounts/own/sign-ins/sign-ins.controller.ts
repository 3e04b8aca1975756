import { Controller, Get, Query } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { AuditEntry } from '../../../audit/audit-entry.entity.js';
import type { Reason } from '../../../audit/reasons.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { before as past, databaseNow } from '../../../database/clock.js';
import { page, type Answer } from '../../../web/answers.js';
import { browserInWords, type BrowserFacts } from '../../../web/browser-name.js';
import { say, type Sentence } from '../../../web/sentence.js';

const FAILED = say('ログインできませんでした');
const RESULTS: Partial<Record<Reason, Sentence>> = {
  done: say('ログインしました'),
  'password-wrong': say('パスワードが違いました'),
  waiting: say('失敗が続いたため、確認をお待ちいただきました'),
  'address-exhausted': say('同じ接続元からの失敗が多いため、確認しませんでした'),
  'registration-unfinished': say('登録が完了していませんでした'),
  'account-suspended': say('アカウントが停止されていました'),
  'account-deleted': say('アカウントが削除されていました'),
  'case-held': say('管理者追加登録の確認を待っていました'),
  'address-refused': say('許可されていないネットワークからでした'),
  'corporation-closed': say('ご契約が終了していました'),
};

const PAGE = 20;

/** ログイン履歴: an account's sign-ins of 90 days, those that failed too, read from the log. */
@Controller('me/sign-ins')
export class SignInsController {
  constructor(private readonly em: EntityManager) {}

  @Get()
  async show(@Query('before') before: unknown, @Me() person: SignedIn): Promise<Answer> {
    const from = typeof before === 'string' && /^\d{1,18}$/.test(before) ? before : undefined;
    const rows = await this.#rows(person, from);
    const [signIns, hasMore] = [rows.slice(0, PAGE), rows.length > PAGE];
    return page('own/sign-ins', 'ログイン履歴', {
      signIns: signIns.map(view),
      hasPages: hasMore || from !== undefined,
      isFirst: from === undefined,
      older: hasMore ? `/me/sign-ins?before=${signIns.at(-1)!.id}` : null,
    });
  }

  /** @param from the id of the row that the page begins behind; absent: the newest come first */
  async #rows({ accountId }: SignedIn, from: string | undefined): Promise<AuditEntry[]> {
    const earliest = past(await databaseNow(this.em), { days: 90 });
    return this.em.find(
      AuditEntry,
      { accountId, act: 'sign-in', at: { $gt: earliest }, ...(from && { id: { $lt: from } }) },
      { orderBy: { id: 'desc' }, limit: PAGE + 1 },
    );
  }
}

function view({ at, reason, address, facts }: AuditEntry) {
  return {
    time: at,
    done: reason === 'done',
    result: facts.count ? waited(Number(facts.count)) : (RESULTS[reason] ?? FAILED),
    address: address ?? '',
    browser: browserInWords(facts as Partial<BrowserFacts>),
  };
}

/** One row stands for all tries of an hour. */
function waited(count: number): Sentence {
  return say('失敗が続いたため、1時間に{count}回、確認をお待ちいただきました', { count });
}
