import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { browserFacts } from '../web/browser-name.js';
import type { Visit } from '../web/visit.js';
import { AuditEntry } from './audit-entry.entity.js';
import { countOutcome } from './outcome-count.js';
import type { Act } from './acts.js';
import type { Reason } from './reasons.js';

/** Whose outcome it is, as far as it is known: somebody who is signed in is all of it. */
export interface OutcomeOf {
  corporationId?: string | undefined;
  accountId?: string | undefined;
  /** Absent for what no request caused. */
  visit?: (Pick<Visit, 'address'> & { requestId?: string; browser?: string }) | undefined;
}

export type Settled<R extends Reason> = { ok: true } | { ok: false; reason: R };

/** The log of outcomes. Inside a transaction a row stands or falls with the act that it tells of. */
@Injectable()
export class Audit {
  constructor(private readonly em: EntityManager) {}

  async record(
    act: Act,
    reason: Reason,
    of: OutcomeOf = {},
    facts: AuditEntry['facts'] = {},
  ): Promise<void> {
    await this.#insert(act, reason, of, [facts]);
  }

  async done(act: Act, of: OutcomeOf, facts?: AuditEntry['facts']): Promise<{ ok: true }> {
    await this.record(act, 'done', of, facts);
    return { ok: true };
  }

  /** One act on each of many things, in this order. */
  async doneForEach(act: Act, of: OutcomeOf, facts: AuditEntry['facts'][]): Promise<void> {
    await this.#insert(act, 'done', of, facts);
  }

  /** One act on each of many companies, in one statement. */
  async doneForCompanies(
    act: Act,
    visit: OutcomeOf['visit'],
    companies: { corporationId: string; facts: AuditEntry['facts'] }[],
  ): Promise<void> {
    const { address = null, requestId = null } = visit ?? {};
    const row = { act, reason: 'done' as const, address, requestId };
    for (const _ of companies) countOutcome(act, 'done');
    await this.em.insertMany(
      AuditEntry,
      companies.map((company) => ({ ...row, ...company })),
    );
  }

  /** Writes down how an act went, and returns it. @param refusal absent when it is done */
  async settle<R extends Reason>(
    act: Act,
    refusal: R | undefined,
    of: OutcomeOf,
    facts?: AuditEntry['facts'],
  ): Promise<Settled<R>> {
    return refusal ? this.refuse(act, refusal, of, facts) : this.done(act, of, facts);
  }

  async refuse<R extends Reason>(
    act: Act,
    reason: R,
    of: OutcomeOf,
    facts?: AuditEntry['facts'],
  ): Promise<{ ok: false; reason: R }> {
    await this.record(act, reason, of, facts);
    return { ok: false, reason };
  }

  async #insert(
    act: Act,
    reason: Reason,
    { corporationId, accountId, visit }: OutcomeOf,
    all: AuditEntry['facts'][],
  ): Promise<void> {
    const { address = null, requestId = null, browser } = visit ?? {};
    const device = browser === undefined ? {} : browserFacts(browser);
    const row = { act, reason, corporationId, accountId, address, requestId };
    for (const _ of all) countOutcome(act, reason);
    await this.em.insertMany(
      AuditEntry,
      all.map((facts) => ({ ...row, facts: { ...device, ...facts } })),
    );
  }
}
