import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Pool } from 'pg';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Config } from '../config.js';
import { Redirect, seeOther } from './answers.js';
import type { FormRequest } from './repeated-fields.js';
import { isUuid } from './uuid.js';
import type { VisitedRequest } from './visit.js';

/** Of one site; beyond them the oldest are forgotten. */
const MOST_REMEMBERED = 500;
const PATIENCE = 5_000;
const STEP = 50;

/** One form, filled in one way: with Back and other entries it is another submission. */
type Submission = [id: string, digest: Buffer];

/**
 * A form that is sent twice acts once: the second answer leads where the first led. A form that was
 * refused did nothing and may be sent again.
 */
@Injectable()
export class DuplicateSubmissionInterceptor implements NestInterceptor {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly pool: Pool,
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
    const claimed = await this.pool.query(
      `with surplus as (
         delete from form_submissions where (id, entries_digest) in (
           select id, entries_digest from form_submissions where site = $3
           order by created_at desc offset $4 - 1))
       insert into form_submissions (id, entries_digest, site) values ($1, $2, $3)
       on conflict do nothing`,
      [...submission, site, MOST_REMEMBERED],
    );
    if (claimed.rowCount === 0) {
      const location = await this.#locationOf(submission);
      return location === undefined ? handle() : seeOther(location);
    }
    let location: string | undefined;
    try {
      const answer = await handle();
      if (answer instanceof Redirect) location = answer.location;
      return answer;
    } finally {
      await this.#settle(submission, location);
    }
  }

  async #settle(submission: Submission, location: string | undefined): Promise<void> {
    const which = 'where id = $1 and entries_digest = $2';
    await (location === undefined
      ? this.pool.query(`delete from form_submissions ${which}`, submission)
      : this.pool.query(`update form_submissions set location = $3 ${which}`, [
          ...submission,
          location,
        ]));
  }

  /** Where the first submission led; undefined when it was refused or never ended. */
  async #locationOf(submission: Submission): Promise<string | undefined> {
    for (let waited = 0; waited < PATIENCE; waited += STEP) {
      const found = await this.pool.query<{ location: string | null }>(
        'select location from form_submissions where id = $1 and entries_digest = $2',
        submission,
      );
      if (found.rowCount === 0) return undefined;
      if (found.rows[0]!.location !== null) return found.rows[0]!.location;
      await wait(STEP);
    }
    return undefined;
  }

  /** Entries may hold a password or a number: only a keyed digest of them is stored. */
  #submissionOf({ path, body, lists }: FormRequest): Submission | undefined {
    const { formId, ...entries } = body ?? {};
    if (!isUuid(formId)) return undefined;
    const digest = createHmac('sha256', this.#key)
      .update(JSON.stringify([path, entries, lists]))
      .digest();
    return [formId, digest];
  }
}
