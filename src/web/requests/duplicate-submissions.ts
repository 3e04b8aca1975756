import { createHmac, randomUUID } from 'node:crypto';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Config } from '../../config.js';
import { beforeActing } from '../../database/unit-of-work.js';
import { accessOf } from '../access.js';
import { page, Redirect, seeOther } from '../answers.js';
import { isAnswered, type FormRequest } from '../forms/repeated-fields.js';
import { notice } from '../notices.js';
import { ownPath } from '../own-path.js';
import { say } from '../sentence.js';
import { LedElsewhere } from '../shown-instead.js';
import { isUuid } from '../uuid.js';
import type { VisitedRequest } from '../visit.js';
import type { AroundHandler } from '../around-handlers.js';
import { AnswerCookies } from './answer-cookies.js';
import { FormSubmissions, type Claim, type Led } from './form-submissions.js';
import { KeptForms } from './kept-forms.js';

const CAME_AGAIN = notice.warning(
  say('続けて2回送信されました。1回目の結果をご覧になれなかったときは、もう一度操作してください。'),
);

/**
 * A form that is sent twice acts once: the second answer leads where the first led, with its cookies
 * (decision 100). A form that was refused did nothing and may be sent again.
 */
@Injectable()
export class DuplicateSubmissions implements AroundHandler {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly submissions: FormSubmissions,
    private readonly keptForms: KeptForms,
  ) {
    this.#key = config.keyFor('form-submissions');
  }

  async around(context: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const request = context.switchToHttp().getRequest<FormRequest & VisitedRequest>();
    const claim = request.method === 'POST' && this.#claimOf(request, senderOf(context, request));
    if (!claim) return handle();
    const path = ownPath(request.originalUrl);
    const earlier = await this.submissions.claim(claim);
    if (earlier === 'done') return page('web/done', '送信は完了しています', {}, { status: 409 });
    if (earlier === 'in-hand') return page('web/in-hand', '送信中です', { path }, { status: 202 });
    const carried = new AnswerCookies(this.#key, request);
    if (earlier) {
      carried.repeat(earlier.cookies);
      return earlier.answer;
    }
    const answer = await this.#handled(claim, handle);
    await this.submissions.end(claim, this.#ledBy(answer, request, carried) ?? 'refused');
    return answer;
  }

  /**
   * A page is drawn once. Behind a question that was answered it came with the cookie of a renewed
   * session, so the repetition gets that, and the way back to the form.
   */
  #ledBy(answer: unknown, request: FormRequest, carried: AnswerCookies): Led | undefined {
    if (answer instanceof Redirect) return { answer, cookies: carried.sealed() };
    const cookies = isAnswered(request.answers) ? carried.sealed() : '';
    if (cookies === '') return undefined;
    return { answer: seeOther(this.keptForms.pathOfPage(request), CAME_AGAIN), cookies };
  }

  /**
   * Leads on whoever has no session any more, or no answer that opens the act, because the same form
   * took it a moment before, and gives the browser the cookies of the new one.
   * @param isSignedIn without new cookies, too
   * @throws LedElsewhere
   */
  async leadOn(request: FormRequest & VisitedRequest, isSignedIn = false): Promise<void> {
    const claim = this.#claimOf(request);
    const led = claim && (await this.submissions.ledTo(claim));
    if (!led) return;
    const isGiven = new AnswerCookies(this.#key, request).repeat(led.cookies);
    if (!isGiven && !isSignedIn) return;
    const { location, notice } = led.answer;
    throw new LedElsewhere(location, notice);
  }

  /** The transaction that acts marks the claim as done. */
  async #handled(claim: Claim, handle: () => Promise<unknown>): Promise<unknown> {
    beforeActing(() => this.submissions.markActed(claim));
    const finish = this.submissions.keepAlive(claim);
    try {
      return await handle();
    } catch (error) {
      await this.submissions.end(claim, 'failed');
      throw error;
    } finally {
      finish();
      beforeActing(undefined);
    }
  }

  /** Entries may hold a password or a number: only a keyed digest of them is stored. */
  #claimOf(request: FormRequest & VisitedRequest, sender: string[] = []): Claim | undefined {
    const { path, body, lists, visit } = request;
    const { formId, ...entries } = body ?? {};
    if (!isUuid(formId)) return undefined;
    const entriesDigest = createHmac('sha256', this.#key)
      .update(JSON.stringify([path, entries, lists, ...sender]))
      .digest();
    const { visitMark } = new AnswerCookies(this.#key, request);
    return { id: formId, entriesDigest, site: visit.site, holder: randomUUID(), visitMark };
  }
}

/** Nobody makes a form of somebody else's a repetition by sending it first. */
function senderOf(context: ExecutionContext, { visit }: VisitedRequest): string[] {
  const { isPublic, desk } = accessOf(context);
  const customer = isPublic ? undefined : visit.person?.accountId;
  const sender = desk ? visit.desk?.operator?.operatorId : customer;
  return sender === undefined ? [] : [sender];
}
