import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import { Redirect, seeOther } from '../answers.js';
import type { FormRequest } from '../forms/repeated-fields.js';
import { noticeWithKey } from '../notices.js';
import { isUuid } from '../uuid.js';
import type { VisitedRequest } from '../visit.js';
import { FormSubmission } from './form-submission.entity.js';

/** Of one site: beyond them the oldest are forgotten. */
const MOST_REMEMBERED = 500;
const PATIENCE_MS = 5_000;
const STEP_MS = 50;

/** One form, filled in one way: with Back and other entries it is another submission. */
type Submission = Pick<FormSubmission, 'id'> & { entriesDigest: Buffer };

/**
 * A form that is sent twice acts once: the second answer leads where the first led. A form that was
 * refused did nothing and may be sent again.
 */
@Injectable()
export class DuplicateSubmissionInterceptor implements NestInterceptor {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly em: EntityManager,
  ) {
    this.#key = config.keyFor('form-submissions');
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FormRequest & VisitedRequest>();
    const submission = request.method === 'POST' && this.#submissionOf(request);
    if (!submission) return next.handle();
    return from(this.#once(submission, request.visit.site, () => lastValueFrom(next.handle())));
  }

  async #once(
    submission: Submission,
    site: string,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    await this.#forgetSurplusOf(site);
    if (!(await this.#claim(submission, site))) {
      return (await this.#answerTo(submission)) ?? handle();
    }
    let redirect: Redirect | undefined;
    try {
      const answer = await handle();
      if (answer instanceof Redirect) redirect = answer;
      return answer;
    } finally {
      await this.#settle(submission, redirect);
    }
  }

  async #forgetSurplusOf(site: string): Promise<void> {
    const surplus = tables(this.em)
      .selectFrom('form_submissions')
      .select('id')
      .where('site', '=', site)
      .orderBy('created_at', 'desc')
      .offset(MOST_REMEMBERED - 1);
    await tables(this.em).deleteFrom('form_submissions').where('id', 'in', surplus).execute();
  }

  /** @returns false when the same submission came before */
  async #claim({ id, entriesDigest }: Submission, site: string): Promise<boolean> {
    const claimed = await tables(this.em)
      .insertInto('form_submissions')
      .values({ id, entries_digest: entriesDigest, site })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return claimed.numInsertedOrUpdatedRows === 1n;
  }

  async #settle(submission: Submission, redirect: Redirect | undefined): Promise<void> {
    if (!redirect) return void (await this.em.nativeDelete(FormSubmission, submission));
    const { location, notice } = redirect;
    const led = { location, notice: notice?.key ?? null };
    await this.em.nativeUpdate(FormSubmission, submission, led);
  }

  /**
   * The page and notice that the first submission led to, because a browser shows the last answer
   * alone; undefined when it was refused or never ended.
   */
  async #answerTo({ id, entriesDigest }: Submission): Promise<Redirect | undefined> {
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      const first = await tables(this.em)
        .selectFrom('form_submissions')
        .select(['location', 'notice'])
        .where('id', '=', id)
        .where('entries_digest', '=', entriesDigest)
        .executeTakeFirst();
      if (!first) return undefined;
      if (first.location !== null)
        return seeOther(first.location, noticeWithKey(first.notice ?? ''));
      await wait(STEP_MS);
    }
    return undefined;
  }

  /** Entries may hold a password or a number: only a keyed digest of them is stored. */
  #submissionOf({ path, body, lists }: FormRequest): Submission | undefined {
    const { formId, ...entries } = body ?? {};
    if (!isUuid(formId)) return undefined;
    const entriesDigest = createHmac('sha256', this.#key)
      .update(JSON.stringify([path, entries, lists]))
      .digest();
    return { id: formId, entriesDigest };
  }
}
