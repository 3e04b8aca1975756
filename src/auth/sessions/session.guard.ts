import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../../config.js';
import { HOUR_MS, MINUTE_MS } from '../../durations.js';
import { accessOf } from '../../web/access.js';
import type { FormBody } from '../../web/forms/forms.js';
import type { FormRequest } from '../../web/forms/repeated-fields.js';
import { about, notice, type Notice } from '../../web/notices.js';
import { KeptForms, RESUMED } from '../../web/requests/kept-forms.js';
import { say } from '../../web/sentence.js';
import { LedElsewhere, signInRequired } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { Sessions, type EndedSession, type SignedIn } from './sessions.js';

type Guarded = FormRequest & VisitedRequest;

const SESSION_IDLE = notice.info(say('{minutes}分操作がなかったため、ログアウトしました。'));
const SESSION_OVER = notice.info(say('ログインから{hours}時間が過ぎたため、ログアウトしました。'));

const SESSION_ENDED = notice.info(
  say(
    'ログアウトしました。パスワードの変更や、別のタブでの操作などによるものです。続けるには、もう一度ログインしてください。',
  ),
);
const NOT_RECEIVED = notice.warning(
  say(
    'すでにログアウトしていたため、送信した内容を受け付けていません。パスワードの変更や、別のタブでの操作などによるものです。ログインすると元のページに戻りますので、もう一度入力してください。',
  ),
);

/** Every page needs a session unless it is declared public; rights are read for each request. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly keptForms: KeptForms,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Guarded>();
    const { isPublic, ignoresSession, freshPassword } = accessOf(context);
    if (ignoresSession) return true;
    const found = await this.sessions.find(request.visit);
    const person = found.person ?? (freshPassword && (await this.#repeating(request)));
    if (person) request.visit.person = person;
    if (isPublic) return true;
    if (!person) throw await this.#signInRequired(request, found.ended);
    await this.#resume(request, person);
    context.switchToHttp().getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return true;
  }

  /** The password is in the form, so the session's former cookie is enough to check it. */
  async #repeating({ method, body, visit }: VisitedRequest): Promise<SignedIn | undefined> {
    const { currentPassword } = (body ?? {}) as FormBody;
    if (method !== 'POST' || currentPassword === undefined) return undefined;
    return this.sessions.findFormer(visit);
  }

  async #signInRequired(request: Guarded, ended: EndedSession | undefined): Promise<LedElsewhere> {
    const isRead = request.method !== 'POST';
    if (!ended) return this.#withoutSession(request, isRead);
    const told = this.#noticeOf(ended);
    if (isRead) return signInRequired(request.originalUrl, told);
    return signInRequired(await this.keptForms.keep(request, ended.accountId), told);
  }

  /** Nothing is kept: the cookie proves nobody any more, and somebody may have ended it on purpose. */
  #withoutSession(request: Guarded, isRead: boolean): LedElsewhere {
    if (!isRead) return signInRequired(this.keptForms.pathOfPage(request), NOT_RECEIVED);
    const hadOne = this.sessions.cookie.read(request.visit) !== undefined;
    return signInRequired(request.originalUrl, hadOne ? SESSION_ENDED : undefined);
  }

  #noticeOf({ wasIdle }: EndedSession): Notice {
    const { sessionIdle, sessionAbsolute } = this.config;
    return wasIdle
      ? about(SESSION_IDLE, { minutes: sessionIdle / MINUTE_MS })
      : about(SESSION_OVER, { hours: sessionAbsolute / HOUR_MS });
  }

  /** What somebody entered before is shown to nobody else: others begin at the TOP page. */
  async #resume({ method, query, visit }: Guarded, { accountId }: SignedIn): Promise<void> {
    const id = query[RESUMED];
    if (method === 'POST' || id === undefined) return;
    const kept = await this.keptForms.find(id, visit);
    if (kept && kept.accountId !== accountId) throw new LedElsewhere('/');
    visit.kept = kept?.fields;
  }
}
