import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { holdSignedIn } from '../sessions/hold-signed-in.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorChecks, type FactorRefusal } from './factor-checks.js';
import { Passkeys } from './passkeys.js';
import type { EnteredFactor } from './second-factors.js';

const ACT = 'second-factor-test';

/** `passkey`: the name of the one that answered. */
export type FactorTested = { ok: true; passkey: string | undefined } | FactorRefusal;

/** A try of app or passkey before it is needed. It counts as at a sign-in, and opens nothing. */
@Injectable()
export class FactorTest {
  constructor(
    private readonly em: EntityManager,
    private readonly checks: FactorChecks,
    private readonly passkeys: Passkeys,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /** What the browser is asked to prove, as JSON; undefined without a passkey. */
  async options(person: SignedIn): Promise<string | undefined> {
    return this.passkeys.questionOptions(
      { account: person.accountId },
      await this.#ceremonyOf(person),
    );
  }

  async of(person: SignedIn, entered: EnteredFactor): Promise<FactorTested> {
    const { accountId, visit } = person;
    const answer = { ...entered, ceremony: await this.#ceremonyOf(person) };
    const tested = await this.checks.check(accountId, answer, visit, {
      hold: async () => Boolean(await holdSignedIn(this.em, person)),
      done: async (factor) => void (await this.audit.done(ACT, person, { factor })),
    });
    if (tested.ok) {
      const key = await this.passkeys.thatAnswered({ account: accountId }, entered.passkey);
      return { ok: true, passkey: key?.name };
    }
    if (tested.reason === 'waiting') this.counts.add(ACT, 'waiting', { accountId });
    else await this.audit.refuse(ACT, tested.reason, person);
    return tested;
  }

  /** A use of a key moves it on, so that an answer is of use once. */
  async #ceremonyOf({ accountId, sessionId }: SignedIn): Promise<string> {
    const keys = await this.passkeys.of({ account: accountId });
    const lastUse = Math.max(0, ...keys.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0));
    return `test ${sessionId} ${lastUse}`;
  }
}
