import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { before, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { MINUTE_MS } from '../../durations.js';
import { DeskPage } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { browserFacts, browserInWords } from '../../web/browser-name.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import { DESK_IDLE_MS, type SignedInOperator } from '../sign-in/desk-sessions.js';
import { OperatorSession } from '../sign-in/operator-session.entity.js';

const ENDED = notice.success(say('その端末からログアウトしました。'));
const OVER = notice.info(say('この端末からは、すでにログアウトしています。'));
const NO_OTHERS = notice.info(say('ほかの端末では、ログインしていません。'));
const OTHERS_ENDED = notice.success(say('ほかの端末からログアウトしました。'));

/** 自分の設定: who is signed in, where else, and the ways to password and factor. */
@Controller('desk/me')
@DeskPage()
export class DeskMeController {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  @Get()
  async show(@CurrentOperator() me: SignedInOperator): Promise<Answer> {
    const { name, loginId, role } = me;
    const sessions = await this.#sessions(me);
    const model = { name, loginId, isLead: role === 'lead', sessions };
    return page('desk/me', say('自分の設定'), { ...model, hasOthers: sessions.length > 1 });
  }

  /** `act=end-others`, or `sessionId` of the one to end. */
  @Post()
  async end(
    @Body() { act, sessionId }: FormBody,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    if (act === 'end-others') {
      const count = await this.#endOthers(me);
      return seeOther('/desk/me', count > 0 ? OTHERS_ENDED : NO_OTHERS);
    }
    const isEnded = isUuid(sessionId) && (await this.#endOthers(me, sessionId)) > 0;
    return seeOther('/desk/me', isEnded ? ENDED : OVER);
  }

  async #sessions({ operatorId: operator, sessionId }: SignedInOperator) {
    const now = await databaseNow(this.em);
    const idleSince = before(now, { minutes: DESK_IDLE_MS / MINUTE_MS });
    const open = { operator, endsAt: { $gt: now }, lastSeenAt: { $gt: idleSince } };
    const sessions = await this.em.find(OperatorSession, open, { orderBy: { createdAt: 'desc' } });
    return sessions
      .map(({ id, browser, address, createdAt, lastSeenAt }) => ({
        id,
        browser: browserInWords(browserFacts(browser)),
        address,
        signedInAt: createdAt,
        lastSeenAt,
        isThis: id === sessionId,
      }))
      .sort((a, b) => Number(b.isThis) - Number(a.isThis));
  }

  /** @param id of one of them; absent for all */
  async #endOthers(me: SignedInOperator, id?: string): Promise<number> {
    const { operatorId, name, sessionId, visit } = me;
    return inTransaction(this.em, async () => {
      const others = { operator: operatorId, id: { $ne: sessionId, ...(id && { $eq: id }) } };
      const count = await this.em.nativeDelete(OperatorSession, others);
      const facts = { operator: name, count };
      if (count > 0) await this.audit.done('desk-sessions-ended', { visit }, facts);
      return count;
    });
  }
}
