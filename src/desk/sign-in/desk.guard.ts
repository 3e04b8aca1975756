import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { HOUR_MS, MINUTE_MS } from '../../durations.js';
import { DESK, FRESH_DESK_FACTOR, IGNORES_SESSION, type DeskAccess } from '../../web/access.js';
import { page } from '../../web/answers.js';
import type { FormRequest } from '../../web/forms/repeated-fields.js';
import { about, notice } from '../../web/notices.js';
import { KeptForms, RESUMED } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { LedElsewhere, ShownInstead, signInRequired } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import {
  DESK_ABSOLUTE_MS,
  DESK_IDLE_MS,
  DeskSessions,
  type FoundOperator,
  type SignedInOperator,
} from './desk-sessions.js';

type Guarded = FormRequest & VisitedRequest;

const IDLE = about(notice.info(say('{minutes}分操作がなかったため、ログアウトしました。')), {
  minutes: DESK_IDLE_MS / MINUTE_MS,
});
const OVER = about(notice.info(say('ログインから{hours}時間が過ぎたため、ログアウトしました。')), {
  hours: DESK_ABSOLUTE_MS / HOUR_MS,
});
const NOT_SENT = notice.warning(
  say('ログアウトしていたため、送信した内容を受け付けていません。もう一度操作してください。'),
);

const LEADS_ONLY = page('desk/leads-only', say('責任者のページです'), {}, { status: 403 });

/**
 * Every page of the desk needs somebody who is signed in there, unless it says that it is open to
 * anybody. The role is read for each request. All other pages are the customers'.
 */
@Injectable()
export class DeskGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: DeskSessions,
    private readonly keptForms: KeptForms,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<DeskAccess | undefined>(DESK, targets);
    if (access === undefined) return true;
    const request = context.switchToHttp().getRequest<Guarded>();
    const { visit } = request;
    visit.desk = { operator: undefined };
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    if (this.reflector.get<boolean>(IGNORES_SESSION, targets[0]!)) return true;
    const found = await this.sessions.find(visit);
    visit.desk = { operator: found.operator };
    if (access === 'anybody') return true;
    if (!found.operator) throw await this.#signInRequired(request, found);
    if (access === 'lead' && found.operator.role !== 'lead') throw new ShownInstead(LEADS_ONLY);
    if (this.reflector.getAllAndOverride<boolean>(FRESH_DESK_FACTOR, targets))
      await this.#askFactor(request, found.operator);
    await this.#resume(request, found.operator);
    return true;
  }

  async #signInRequired(request: Guarded, { ended }: FoundOperator): Promise<LedElsewhere> {
    const told = ended && (ended.cause === 'idle' ? IDLE : OVER);
    const isSent = request.method === 'POST';
    const wanted =
      isSent && ended ? await this.#kept(request, ended) : this.keptForms.pathOfPage(request);
    return signInRequired(
      isSent ? wanted : request.originalUrl,
      told ?? (isSent ? NOT_SENT : undefined),
      '/desk/login',
    );
  }

  /** A form that was sent too late for the factor waits on its page, as one of an ended session. */
  async #askFactor(request: Guarded, operator: SignedInOperator): Promise<void> {
    if (operator.factorIsFresh) return;
    const isSent = request.method === 'POST';
    const next = isSent ? await this.#kept(request, operator) : request.originalUrl;
    throw new LedElsewhere(`/desk/confirmation?${new URLSearchParams({ next }).toString()}`);
  }

  #kept(request: Guarded, of: { operatorId: string; sessionId: string }): Promise<string> {
    return this.keptForms.keep(request, { accountId: of.operatorId, sessionId: of.sessionId });
  }

  async #resume({ method, query, visit }: Guarded, { operatorId }: SignedInOperator) {
    const id = query[RESUMED];
    if (method === 'POST' || id === undefined) return;
    const kept = await this.keptForms.find(id, visit);
    if (kept && kept.accountId !== operatorId) throw new LedElsewhere('/desk');
    visit.kept = kept?.fields;
  }
}
