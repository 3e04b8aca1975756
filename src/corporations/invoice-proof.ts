import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { tables } from '../database/tables.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../durations.js';
import { Limits, type Exhausted, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import { masked, type InvoiceNumbers } from './numbers.js';
import { proofLevel, type ProofLevel } from './proof-levels.js';
import { caseLimit, companyLimit, exhaustedReason, networkLimit } from './proof-limits.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

/** So many failures in an hour, and such a share of them, mean that somebody is guessing. */
const FAILURES_THAT_ALARM = 100;
const RATIO_THAT_ALARMS = 0.8;

export interface ProvenCorporation {
  id: string;
  name: string;
}

/** Nothing was compared. */
export interface ExhaustedProof {
  ok: false;
  reason: 'case-exhausted' | 'mailbox-exhausted' | 'network-exhausted';
  retryAfter: number;
}

export type ProofRefusal = { ok: false; reason: 'numbers-unmatched' } | ExhaustedProof;

export type Proof =
  | { ok: true; level: 'page'; corporation: ProvenCorporation }
  /** Nothing was compared: the way goes on behind a mailed link. */
  | { ok: true; level: 'mail' }
  | ProofRefusal;

export type RecoveryProof = { ok: true; corporation: ProvenCorporation } | ProofRefusal;

/** Counted for the ratio that alarms; the maximum is never reached. */
const FAILURES: Limit = { key: 'proof:failures', maximum: 1_000_000, seconds: HOUR_SECONDS };
const SUCCESSES: Limit = { ...FAILURES, key: 'proof:successes' };
const ALARM: Limit = { key: 'proof:alarm', maximum: 1, seconds: HOUR_SECONDS };

/**
 * The two numbers of an invoice as a proof, which is weak: many people know them, and similar
 * numbers can be guessed. Each pair is counted before it is compared, and every mismatch gets the
 * same answer. Only the source of wrong pairs is refused: its case, its mailbox, its network. The
 * budgets that strangers can use up, of a company and of the service, change the level of the proof.
 */
@Injectable()
export class InvoiceProof {
  readonly #logger = new Logger(InvoiceProof.name);

  constructor(
    private readonly em: EntityManager,
    private readonly digest: TransferAccountDigest,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /** Asked before anything is written for a new applicant. */
  async networkRefusal(visit: Visit): Promise<ExhaustedProof | undefined> {
    return this.#refusalBy(networkLimit('enrollment', visit));
  }

  /** @param caseId one mailed link, or one run of the wizard */
  async caseRefusal(caseId: string): Promise<ExhaustedProof | undefined> {
    return this.#refusalBy(caseLimit(caseId));
  }

  /** After a try, which tells its own outcome. */
  async isCaseExhausted(caseId: string): Promise<boolean> {
    return (await this.limits.exhausted(caseLimit(caseId))) !== undefined;
  }

  /** Counts an application by mail, which is written before anybody proved anything. */
  async takeApplication(visit: Visit): Promise<ExhaustedProof | undefined> {
    const taken = await this.limits.take(networkLimit('application', visit));
    return taken.ok ? undefined : this.#exhausted(taken);
  }

  /** For an applicant whose mailbox nobody proved. @param flowId the case: one run of the wizard */
  async prove(numbers: InvoiceNumbers, flowId: string, visit: Visit): Promise<Proof> {
    const source = [caseLimit(flowId), networkLimit('enrollment', visit)];
    const taken = await this.limits.take(...source);
    if (!taken.ok) return this.#exhausted(taken);
    const company = companyLimit(numbers);
    if ((await this.#levelAt(company)) !== 'page') {
      await this.limits.giveBack(...source);
      const refused = await this.#refusalBy(networkLimit('application', visit));
      if (refused) return refused;
      this.counts.add('numbers-proof', 'by-mail');
      return { ok: true, level: 'mail' };
    }
    const corporation = await this.compare(numbers.corporateNumber, this.digest.all(numbers));
    await this.log(numbers, corporation, visit);
    if (!corporation) {
      await this.limits.take(FAILURES);
      return { ok: false, reason: 'numbers-unmatched' };
    }
    await this.limits.giveBack(...source, company);
    await this.#countSuccess(corporation);
    return { ok: true, level: 'page', corporation };
  }

  /**
   * For the reader of a mailbox, whom nobody else's failures concern.
   * @param recovery.caseId one mailed link @param recovery.mailbox its keyed digest
   * @param mayBe what else must be true of the company; when it is not, the pair counts as wrong
   */
  async proveRecovery(
    numbers: InvoiceNumbers,
    { caseId, mailbox }: { caseId: string; mailbox: string },
    visit: Visit,
    mayBe: (company: ProvenCorporation) => Promise<boolean>,
  ): Promise<RecoveryProof> {
    const source = [
      caseLimit(caseId),
      { key: `proof:mailbox:${mailbox}`, maximum: 10, seconds: DAY_SECONDS },
      networkLimit('recovery', visit),
    ];
    const taken = await this.limits.take(...source);
    if (!taken.ok) return this.#exhausted(taken);
    const found = await this.compare(numbers.corporateNumber, this.digest.all(numbers));
    const corporation = found && (await mayBe(found)) ? found : undefined;
    await this.log(numbers, corporation, visit);
    if (!corporation) return { ok: false, reason: 'numbers-unmatched' };
    await this.limits.giveBack(...source);
    return { ok: true, corporation };
  }

  /** The active company that both numbers belong to. Counts nothing: only for cases that are counted. */
  async compare(number: string, digests: Buffer[]): Promise<ProvenCorporation | undefined> {
    return tables(this.em)
      .selectFrom('corporations as c')
      .innerJoin('transfer_accounts as t', 't.corporation_id', 'c.id')
      .select(['c.id', 'c.name'])
      .where('c.corporate_number', '=', number)
      .where('c.state', '=', 'active')
      .where('t.digest', 'in', digests)
      .executeTakeFirst();
  }

  async log(
    numbers: { corporateNumber: string; transferAccountNumber?: string },
    found: ProvenCorporation | undefined,
    visit: Visit,
  ): Promise<void> {
    const reason = found ? 'done' : 'numbers-unmatched';
    const facts = Object.entries(numbers).map(([name, number]) => [name, masked(number)]);
    const of = { corporationId: found?.id, visit };
    await this.audit.record('numbers-proof', reason, of, Object.fromEntries(facts));
  }

  async #levelAt(company: Limit): Promise<ProofLevel> {
    const isAlarmed = await this.#isAlarmed();
    const isCompanyUsedUp = !isAlarmed && !(await this.limits.take(company)).ok;
    return proofLevel({ isAlarmed, isCompanyUsedUp, isMailUsedUp: false });
  }

  async #isAlarmed(): Promise<boolean> {
    const [failures, successes] = await Promise.all([
      this.limits.used(FAILURES.key),
      this.limits.used(SUCCESSES.key),
    ]);
    const isAlarmed =
      failures >= FAILURES_THAT_ALARM && failures / (failures + successes) >= RATIO_THAT_ALARMS;
    if (isAlarmed) await this.#warn({ failures, successes });
    return isAlarmed;
  }

  /** Once an hour. It refuses nobody. */
  async #warn(facts: { failures: number; successes: number }): Promise<void> {
    if (!(await this.limits.take(ALARM)).ok) return;
    this.#logger.warn(`${facts.failures} wrong pairs of numbers within an hour: proofs go by mail`);
    await this.audit.record('proof-alarm', 'all-failures', {}, facts);
  }

  /** Counted once a day for a company, so that one right pair cannot hide many wrong ones. */
  async #countSuccess({ id }: ProvenCorporation): Promise<void> {
    const key = `proof:success:${id}`;
    await this.limits.take({ key, maximum: 1, seconds: DAY_SECONDS }, SUCCESSES);
  }

  async #refusalBy(limit: Limit): Promise<ExhaustedProof | undefined> {
    const exhausted = await this.limits.exhausted(limit);
    return exhausted && this.#exhausted(exhausted);
  }

  /** Counted by the hour: what comes after the limit is reached leaves no row. */
  #exhausted({ key, retryAfter }: Exhausted): ExhaustedProof {
    const reason = exhaustedReason(key);
    this.counts.add('numbers-proof', reason);
    return { ok: false, reason, retryAfter };
  }
}
