import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { holdSignedIn } from '../sessions/hold-signed-in.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorChecks, type FactorChecked } from './factor-checks.js';

const ACT = 'second-factor-test';

/** A try of the app before it is needed. The code counts as at a sign-in, and opens nothing. */
@Injectable()
export class FactorTest {
  constructor(
    private readonly em: EntityManager,
    private readonly checks: FactorChecks,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  async of(person: SignedIn, code: string): Promise<FactorChecked> {
    const { accountId, visit } = person;
    const answer = { code, passkey: '', ceremony: '' };
    const tested = await this.checks.check(accountId, answer, visit, {
      hold: async () => Boolean(await holdSignedIn(this.em, person)),
      done: async () => void (await this.audit.done(ACT, person)),
    });
    if (tested.ok) return tested;
    if (tested.reason === 'waiting') this.counts.add(ACT, 'waiting', { accountId });
    else await this.audit.refuse(ACT, tested.reason, person);
    return tested;
  }
}
