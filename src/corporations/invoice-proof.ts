import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import type { Reason } from '../audit/reasons.js';
import { tables } from '../database/tables.js';
import { DAY_SECONDS, HOUR_SECONDS } from '../durations.js';
import { Limits, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import type { InvoiceNumbers } from './numbers.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

/** So many failures in an hour, and such a share of them, mean that somebody is guessing. */
const FAILURES_THAT_ALARM = 100;
const RATIO_THAT_ALARMS = 0.8;

export type Proof =
  | { ok: true; corporation: ProvenCorporation }
  /** Too many wrong pairs everywhere: nothing was compared, the desk decides about this case. */
  | { ok: true; corporation: undefined }
  | { ok: false; reason: 'numbers-unmatched' }
  | {
      ok: false;
      reason: 'case-exhausted' | 'company-exhausted' | 'network-exhausted';
      retryAfter: number;
    };

/**
 * The budgets that are used: one for all applicants who want to become administrators, or one for
 * each mailbox that recovers an ID, so that strangers' guesses do not close a company's recovery.
 */
export type ProofLane = 'enrollment' | `recovery:${string}`;

/** A further condition for the company that both numbers belong to. */
type CompanyCondition = (company: ProvenCorporation) => Promise<boolean>;

export interface ProvenCorporation {
  id: string;
  name: string;
}

/**
 * The two numbers of an invoice as a proof, which is weak: many people know them, and similar
 * numbers can be guessed. Each pair is counted before it is compared, for the case, the company
 * (existing or not), the network and the whole service, and every mismatch gets the same answer.
 */
@Injectable()
export class InvoiceProof {
  constructor(
    private readonly em: EntityManager,
    private readonly digest: TransferAccountDigest,
    private readonly limits: Limits,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /**
   * @param lane each flow has budgets of its own, so that guessing in one does not close another
   * @param flowId the case: one run through a wizard
   * @param mayBe what else must be true of the company; when it is not, the pair counts as wrong
   */
  async prove(
    numbers: InvoiceNumbers,
    lane: ProofLane,
    flowId: string,
    visit: Visit,
    mayBe: CompanyCondition = anyCompany,
  ): Promise<Proof> {
    const isAlarmed = await this.#isAlarmed(lane);
    const [network, ...others] = limitsOf(numbers, lane, flowId, visit);
    const counters = isAlarmed ? [network] : [network, ...others];
    const taken = await this.limits.take(...counters);
    if (!taken.ok) {
      const reason = reasonOf(taken.key);
      this.counts.add('numbers-proof', reason);
      return { ok: false, reason, retryAfter: taken.retryAfter };
    }
    if (isAlarmed) {
      await this.#log('in-review', numbers, undefined, visit);
      return { ok: true, corporation: undefined };
    }
    const found = await this.compare(numbers.corporateNumber, this.digest.of(numbers));
    const corporation = found && (await mayBe(found)) ? found : undefined;
    await this.#log(corporation ? 'done' : 'numbers-unmatched', numbers, corporation, visit);
    if (!corporation) {
      await this.limits.take(outcomes(lane, 'failures'));
      return { ok: false, reason: 'numbers-unmatched' };
    }
    await this.limits.giveBack(...counters);
    await this.#countSuccess(lane, corporation);
    return { ok: true, corporation };
  }

  /** The active company that both numbers belong to. Counts nothing: only for cases that are counted. */
  async compare(corporateNumber: string, digest: Buffer): Promise<ProvenCorporation | undefined> {
    return tables(this.em)
      .selectFrom('corporations as c')
      .innerJoin('transfer_accounts as t', 't.corporation_id', 'c.id')
      .select(['c.id', 'c.name'])
      .where('c.corporate_number', '=', corporateNumber)
      .where('c.state', '=', 'active')
      .where('t.digest', '=', digest)
      .executeTakeFirst();
  }

  /** Counted once a day for a company, so that one right pair cannot hide many wrong ones. */
  async #countSuccess(lane: ProofLane, { id }: ProvenCorporation): Promise<void> {
    const key = `proof:${flowOf(lane)}:success:${id}`;
    await this.limits.take({ key, maximum: 1, seconds: DAY_SECONDS }, outcomes(lane, 'successes'));
  }

  async #isAlarmed(lane: ProofLane): Promise<boolean> {
    const [failures, successes] = await Promise.all([
      this.limits.used(outcomes(lane, 'failures').key),
      this.limits.used(outcomes(lane, 'successes').key),
    ]);
    return (
      failures >= FAILURES_THAT_ALARM && failures / (failures + successes) >= RATIO_THAT_ALARMS
    );
  }

  async #log(
    reason: Reason,
    numbers: InvoiceNumbers,
    found: ProvenCorporation | undefined,
    visit: Visit,
  ) {
    const facts = {
      corporateNumber: masked(numbers.corporateNumber),
      transferAccountNumber: masked(numbers.transferAccountNumber),
    };
    await this.audit.record({
      act: 'numbers-proof',
      reason,
      corporationId: found?.id,
      facts,
      visit,
    });
  }
}

const anyCompany: CompanyCondition = async () => true;

/** Counted for the ratio that alarms; the maximum is never reached. */
function outcomes(lane: ProofLane, which: 'failures' | 'successes'): Limit {
  return { key: `proof:${flowOf(lane)}:${which}`, maximum: 1_000_000, seconds: HOUR_SECONDS };
}

function limitsOf(
  { corporateNumber }: InvoiceNumbers,
  lane: ProofLane,
  flowId: string,
  { network }: Visit,
): [Limit, ...Limit[]] {
  return [
    { key: `proof:network:${flowOf(lane)}:${network}`, maximum: 30, seconds: DAY_SECONDS },
    { key: `proof:company:${lane}:${corporateNumber}`, maximum: 10, seconds: DAY_SECONDS },
    { key: `proof:case:${flowId}`, maximum: 5, seconds: DAY_SECONDS },
  ];
}

function flowOf(lane: ProofLane): string {
  return lane.split(':', 1)[0]!;
}

function reasonOf(key: string): 'case-exhausted' | 'company-exhausted' | 'network-exhausted' {
  if (key.startsWith('proof:case:')) return 'case-exhausted';
  return key.startsWith('proof:company:') ? 'company-exhausted' : 'network-exhausted';
}

/** The last three digits are enough to recognise a number that one knows. */
export function masked(number: string): string {
  return '*'.repeat(Math.max(0, number.length - 3)) + number.slice(-3);
}
