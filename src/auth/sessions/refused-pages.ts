import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import type { SignedIn } from './sessions.js';

type PageRefusal = 'not-administrator' | 'on-probation' | 'not-of-company';

/** Of a page that was refused, in the log. */
export const LONGEST_PATH = 200;
/** Of one person; those beyond are counted by the hour. */
const LOGGED = { maximum: 20, seconds: HOUR_SECONDS };

/** What somebody who is signed in was refused, in the log of the company. */
@Injectable()
export class RefusedPages {
  constructor(
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  async log(
    reason: PageRefusal,
    person: SignedIn,
    { method, path }: { method: string; path: string },
  ): Promise<void> {
    const { accountId } = person;
    const taken = await this.limits.take({ ...LOGGED, key: `refused-pages:${accountId}` });
    if (!taken.ok) return this.counts.add('page-access', reason, { accountId });
    const facts = { method, path: path.slice(0, LONGEST_PATH) };
    await this.audit.refuse('page-access', reason, person, facts);
  }
}
