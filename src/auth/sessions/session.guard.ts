import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../../config.js';
import { HOUR_MS, MINUTE_MS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import { accessOf } from '../../web/access.js';
import type { FormBody } from '../../web/forms/forms.js';
import { isAnswered, type FormRequest } from '../../web/forms/repeated-fields.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { DuplicateSubmissions } from '../../web/requests/duplicate-submissions.js';
import { KeptForms, RESUMED } from '../../web/requests/kept-forms.js';
import { noteProven } from '../../web/proven-cookies.js';
import { say } from '../../web/sentence.js';
import { LedElsewhere, signInRequired } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { setAnswersAside } from './answers-aside.js';
import { EndedSessions, type SessionEnd } from './ended-sessions.js';
import { ENDED_BEFORE_SENT } from './hold-signed-in.js';
import { Sessions, type SignedIn } from './sessions.js';

type Guarded = FormRequest & VisitedRequest;

const SESSION_IDLE = notice.info(say('{minutes}分操作がなかったため、ログアウトしました。'));
const SESSION_OVER = notice.info(say('ログインから{hours}時間が過ぎたため、ログアウトしました。'));

const ENDED_WITH_ACCOUNT = notice.warning(
  say(
    'アカウントのご利用が停止されているため、送信した内容は受け付けておらず、お預かりもしていません。貴社の管理者の方、または担当窓口までご連絡ください。',
  ),
);
const SESSION_ENDED = notice.info(
  say(
    'ログアウトしました。パスワードやメールアドレスの変更、ご利用の停止、別の端末やタブでの操作などによるものです。もう一度ログインすると、続けられます。続けられない場合は、その理由をご案内します。',
  ),
);
const NOT_RECEIVED = notice.warning(
  say(
    'すでにログアウトしていたため、送信した内容を受け付けていません。パスワードやメールアドレスの変更、別の端末やタブでの操作などによるものです。ログインすると元のページに戻りますので、もう一度入力してください。',
  ),
);

/** Each one that is kept replaces another, whose row the database holds for a while. */
const KEPT_OF_SESSION = { maximum: 10, seconds: 60 * 60 };

/** Every page needs a session unless it is declared public; rights are read for each request. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly endedSessions: EndedSessions,
    private readonly keptForms: KeptForms,
    private readonly duplicates: DuplicateSubmissions,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Guarded>();
    const { isPublic, ignoresSession, freshPassword, desk } = accessOf(context);
    // The desk has its own people (desk.guard.ts).
    if (desk || ignoresSession) return true;
    if (freshPassword && request.method === 'POST') setAnswersAside(request);
    const found = await this.sessions.find(request.visit);
    if (found.person) this.#prove(found.person);
    const person = found.person ?? (await this.#repeating(request));
    request.visit.person = person;
    const isFormOfPerson = isPublic && !person && (await this.#wasOfPerson(request, found.ended));
    if (!person && (!isPublic || isFormOfPerson))
      throw await this.#signInRequired(request, found.ended);
    await this.#resume(request, person);
    if (isPublic) return true;
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return true;
  }

  #prove({ corporationId, accountId, visit }: SignedIn): void {
    noteProven(this.sessions.cookie.read(visit), { site: corporationId, client: accountId });
  }

  /** The password or a code is in the form, so the session's former cookie is enough to check it. */
  async #repeating({ answers, visit }: Guarded): Promise<SignedIn | undefined> {
    return isAnswered(answers) ? this.sessions.findFormer(visit) : undefined;
  }

  /**
   * Of a page that is open to all, the form of somebody who was signed in says so. Who cannot sign in
   * again goes on as a stranger.
   */
  async #wasOfPerson(
    { method, body, visit }: VisitedRequest,
    timedOut: SessionEnd | undefined,
  ): Promise<boolean> {
    if (method !== 'POST' || (body as FormBody | undefined)?.ofPerson === undefined) return false;
    const end = timedOut ?? (await this.endedSessions.find(this.sessions.cookie.read(visit)));
    return end !== undefined && end.cause !== 'ended-with-account';
  }

  async #signInRequired(request: Guarded, ended: SessionEnd | undefined): Promise<LedElsewhere> {
    if (request.method === 'POST') {
      await this.duplicates.leadOn(request);
      return this.#formKept(request, ended);
    }
    if (ended) return signInRequired(request.originalUrl, this.#noticeOf(ended));
    const hadOne = this.sessions.cookie.read(request.visit) !== undefined;
    return signInRequired(request.originalUrl, hadOne ? SESSION_ENDED : undefined);
  }

  /** Kept for nobody without a former session, nor for an account that nobody can enter. */
  async #formKept(request: Guarded, timedOut: SessionEnd | undefined): Promise<LedElsewhere> {
    const end =
      timedOut ?? (await this.endedSessions.find(this.sessions.cookie.read(request.visit)));
    if (!end) return signInRequired(this.keptForms.pathOfPage(request), NOT_RECEIVED);
    if (end.cause === 'ended-with-account') return signInRequired('/', ENDED_WITH_ACCOUNT);
    const { accountId, sessionId } = end;
    const page = this.keptForms.pathOfPage(request);
    const keeping = await this.limits.take({ ...KEPT_OF_SESSION, key: `kept-forms:${sessionId}` });
    if (!keeping.ok) return signInRequired(page, NOT_RECEIVED);
    const kept = await this.keptForms.keepUnsent(request, page, { accountId, sessionId });
    return signInRequired(kept ?? page, this.#noticeOf(end));
  }

  #noticeOf({ cause }: SessionEnd): Notice {
    const { sessionIdle, sessionAbsolute } = this.config;
    if (cause === 'idle') return about(SESSION_IDLE, { minutes: sessionIdle / MINUTE_MS });
    if (cause === 'over') return about(SESSION_OVER, { hours: sessionAbsolute / HOUR_MS });
    return ENDED_BEFORE_SENT;
  }

  /** What somebody entered before is shown to nobody else: others begin at the TOP page. */
  async #resume({ method, query, visit }: Guarded, person: SignedIn | undefined): Promise<void> {
    const id = query[RESUMED];
    if (method === 'POST' || id === undefined) return;
    const kept = await this.keptForms.find(id, visit);
    if (kept && kept.accountId !== person?.accountId) throw new LedElsewhere('/');
    visit.kept = kept?.fields;
  }
}
