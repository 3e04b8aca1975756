import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Audit } from '../../audit/audit.js';
import { LONGEST_PATH } from '../../auth/sessions/refused-pages.js';
import { onCondition } from '../../database/unit-of-work.js';
import { HOUR_MS, MINUTE_MS } from '../../durations.js';
import { accessOf, type Access } from '../../web/access.js';
import { page } from '../../web/answers.js';
import { readForm } from '../../web/forms/forms.js';
import type { FormRequest } from '../../web/forms/repeated-fields.js';
import { about, notice } from '../../web/notices.js';
import { DuplicateSubmissions } from '../../web/requests/duplicate-submissions.js';
import { deskPath, routedPath } from '../../web/own-path.js';
import { KeptForms, RESUMED } from '../../web/requests/kept-forms.js';
import { noteProven } from '../../web/proven-cookies.js';
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

const LOGIN = '/desk/login';
const QUESTION = '/desk/confirmation';

const IDLE = about(notice.info(say('{minutes}分操作がなかったため、ログアウトしました。')), {
  minutes: DESK_IDLE_MS / MINUTE_MS,
});
const OVER = about(notice.info(say('ログインから{hours}時間が過ぎたため、ログアウトしました。')), {
  hours: DESK_ABSOLUTE_MS / HOUR_MS,
});
const NOT_RECEIVED = notice.warning(
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
    private readonly sessions: DeskSessions,
    private readonly keptForms: KeptForms,
    private readonly duplicates: DuplicateSubmissions,
    private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context);
    const { desk, ignoresSession } = access;
    if (!desk) return true;
    const request = context.switchToHttp().getRequest<Guarded>();
    const { visit } = request;
    visit.desk = { operator: undefined };
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    if (ignoresSession) return true;
    const found = await this.sessions.find(visit);
    visit.desk = { operator: found.operator };
    if (found.operator)
      noteProven(this.sessions.cookie.read(visit), {
        site: 'desk',
        client: found.operator.operatorId,
      });
    if (desk !== 'anybody' && !found.operator) throw await this.#signInRequired(request, found);
    await this.#resume(request, found.operator);
    if (desk === 'anybody' || !found.operator) return true;
    if (desk === 'lead' && found.operator.role !== 'lead')
      throw await this.#leadsOnly(request, found.operator);
    if (!isGiven(access, request, found.operator)) {
      if (!isMistaken(access, request)) throw await this.#asked(request, found.operator);
      // Its mistakes are shown, and nothing else comes of it.
      onCondition(() => Promise.reject(this.#questionBefore(request)));
      return true;
    }
    if (request.method === 'POST' && isForPage(access, request))
      onCondition(() => this.#useUp(request, found.operator!));
    return true;
  }

  /** Taken back with the act where something refuses it. */
  async #useUp(request: Guarded, operator: SignedInOperator): Promise<void> {
    if (await this.sessions.useUp(operator, routedPath(request.originalUrl))) return;
    throw this.#questionBefore(request);
  }

  #questionBefore(request: Guarded): LedElsewhere {
    return questionBefore(this.keptForms.pathOfPage(request), request.body?.act);
  }

  async #leadsOnly({ method, path: whole, visit }: Guarded, { name: operator }: SignedInOperator) {
    const path = whole.slice(0, LONGEST_PATH);
    await this.audit.refuse('page-access', 'not-lead', { visit }, { operator, method, path });
    return new ShownInstead(LEADS_ONLY);
  }

  async #signInRequired(request: Guarded, { ended }: FoundOperator): Promise<LedElsewhere> {
    const { method, path, query, body } = request;
    const told = ended && (ended.cause === 'idle' ? IDLE : OVER);
    if (method === 'POST') await this.duplicates.leadOn(request);
    // The sign-in gives a factor: what waits behind the question goes on without it, or asks itself.
    if (path === QUESTION) return signInRequired(deskPath(body?.next ?? query.next), told, LOGIN);
    if (method !== 'POST') return signInRequired(request.originalUrl, told, LOGIN);
    const page = this.keptForms.pathOfPage(request);
    const kept = ended && (await this.#keep(request, page, ended));
    return signInRequired(kept ?? page, told ?? NOT_RECEIVED, LOGIN);
  }

  /** A form that was sent too late for the factor waits on its page, as one of an ended session. */
  async #asked(request: Guarded, operator: SignedInOperator): Promise<LedElsewhere> {
    if (request.method === 'POST') await this.duplicates.leadOn(request, true);
    const page = this.keptForms.pathOfPage(request);
    const next =
      request.method === 'POST'
        ? ((await this.#keep(request, page, operator)) ?? page)
        : request.originalUrl;
    return questionBefore(next, request.body?.act);
  }

  #keep(request: Guarded, page: string, of: { operatorId: string; sessionId: string }) {
    const { operatorId: accountId, sessionId } = of;
    return this.keptForms.keepUnsent(request, page, { accountId, sessionId });
  }

  async #resume({ method, query, visit }: Guarded, operator: SignedInOperator | undefined) {
    const id = query[RESUMED];
    if (method === 'POST' || id === undefined) return;
    const kept = await this.keptForms.find(id, visit);
    if (kept && kept.accountId !== operator?.operatorId) throw new LedElsewhere('/desk');
    visit.kept = kept?.fields;
  }
}

/** @param asked the button that was pressed */
function questionBefore(next: string, asked?: string): LedElsewhere {
  const query = new URLSearchParams({ next, ...(asked && { asked }) });
  return new LedElsewhere(`${QUESTION}?${query.toString()}`);
}

/** The factor is asked for in the act itself. */
function isForPage({ deskFactorForPageBut: but }: Access, { params, body = {} }: Guarded): boolean {
  return but !== undefined && !but.includes(String(params.decision ?? body.act ?? ''));
}

function isMistaken({ deskFormOf }: Access, { method, path, params, body = {} }: Guarded): boolean {
  const form = method === 'POST' && deskFormOf?.({ path, params, body });
  return form ? !readForm(form, body).ok : false;
}

/** Nothing that is asked for about the factor is missing. */
function isGiven(
  access: Access,
  request: Guarded,
  { factorIsFresh, factorGivenFor }: SignedInOperator,
): boolean {
  if (isForPage(access, request)) return factorGivenFor === routedPath(request.originalUrl);
  return !access.asksFreshDeskFactor || factorIsFresh;
}
