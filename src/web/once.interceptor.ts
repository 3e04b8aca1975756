import { setTimeout as wait } from 'node:timers/promises';
import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { Pool } from 'pg';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { Redirect, seeOther } from './answers.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const PATIENCE = 5_000;
const STEP = 50;

/**
 * A form that is sent twice acts once: the second answer leads where the first led. A form that was
 * refused did nothing and may be sent again.
 */
@Injectable()
export class OnceInterceptor implements NestInterceptor {
  constructor(private readonly pool: Pool) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const id: unknown = (request.body as { formId?: unknown } | undefined)?.formId;
    if (request.method !== 'POST' || typeof id !== 'string' || !UUID.test(id)) return next.handle();
    return from(this.#once(id, () => lastValueFrom(next.handle())));
  }

  async #once(id: string, handle: () => Promise<unknown>): Promise<unknown> {
    const claimed = await this.pool.query(
      'insert into form_submissions (id) values ($1) on conflict do nothing',
      [id],
    );
    if (claimed.rowCount === 0) {
      const location = await this.#locationOf(id);
      return location === undefined ? handle() : seeOther(location);
    }
    let location: string | undefined;
    try {
      const answer = await handle();
      if (answer instanceof Redirect) location = answer.location;
      return answer;
    } finally {
      await (location === undefined
        ? this.pool.query('delete from form_submissions where id = $1', [id])
        : this.pool.query('update form_submissions set location = $2 where id = $1', [
            id,
            location,
          ]));
    }
  }

  /** Where the first submission led; undefined when it was refused or never ended. */
  async #locationOf(id: string): Promise<string | undefined> {
    for (let waited = 0; waited < PATIENCE; waited += STEP) {
      const found = await this.pool.query<{ location: string | null }>(
        'select location from form_submissions where id = $1',
        [id],
      );
      if (found.rowCount === 0) return undefined;
      if (found.rows[0]!.location !== null) return found.rows[0]!.location;
      await wait(STEP);
    }
    return undefined;
  }
}
