import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import { tables } from '../database/tables.js';
import { DAY_SECONDS } from '../durations.js';
import { Limits, type Exhausted, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import {
  outcomeOf,
  provenBy,
  type Judged,
  type ProvenCorporation,
  type ShownDigests,
} from './judged-proof.js';
import { NewestInvoice } from './newest-invoice.js';
import { masked, type InvoiceNumbers } from './numbers.js';
import { ProofAlarm } from './proof-alarm.js';
import { proofLevel, type ProofLevel } from './proof-levels.js';
import { caseLimit, companyLimit, exhaustedReason, networkLimit } from './proof-limits.js';
import { TransferAccountDigest } from './transfer-account-digest.js';

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

/** One mailed link, its mailbox as a keyed digest, and whether the newest invoice is asked, too. */
interface RecoveryCase {
  caseId: string;
  mailbox: string;
  asksInvoice: boolean;
}

export type RecoveryProof = { ok: true; corporation: ProvenCorporation } | ProofRefusal;

/**
 * The two numbers of an invoice as a proof, which is weak: many people know them, and similar
 * numbers can be guessed. Where the newest invoice is asked too, it is a part of the pair. Each pair is counted before it is compared, and every mismatch gets the
 * same answer. Only the source of wrong pairs is refused: its case, its mailbox, its network. The
 * budgets that strangers can use up, of a company and of the service, change the level of the proof.
 */
@Injectable()
export class InvoiceProof {
  constructor(
    private readonly em: EntityManager,
    private readonly digest: TransferAccountDigest,
    private readonly newest: NewestInvoice,
    private readonly limits: Limits,
    private readonly alarm: ProofAlarm,
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
  async prove(
    numbers: InvoiceNumbers & { invoice: string },
    flowId: string,
    visit: Visit,
  ): Promise<Proof> {
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
    const { corporateNumber, transferAccountNumber } = numbers;
    const transferAccount = this.digest.all(numbers);
    const invoice = this.newest.digestsOf(corporateNumber, numbers.invoice);
    const judged = await this.judge({ corporateNumber, transferAccount, invoice });
    await this.log({ corporateNumber, transferAccountNumber }, judged, visit);
    const corporation = provenBy(judged);
    if (!corporation) {
      await this.alarm.countFailure();
      return { ok: false, reason: 'numbers-unmatched' };
    }
    await this.limits.giveBack(...source, company);
    await this.alarm.countSuccess(corporation.id);
    return { ok: true, level: 'page', corporation };
  }

  /**
   * For the reader of a mailbox, whom nobody else's failures concern.
   * @param mayBe what else must be true of the company; when it is not, the pair counts as wrong. It
   * is asked about no company, too, and costs the same then.
   */
  async proveRecovery(
    numbers: InvoiceNumbers & { invoice: string },
    { caseId, mailbox, asksInvoice }: RecoveryCase,
    visit: Visit,
    mayBe: (company: ProvenCorporation | undefined) => Promise<boolean>,
  ): Promise<RecoveryProof> {
    const source = [
      caseLimit(caseId),
      { key: `proof:mailbox:${mailbox}`, maximum: 10, seconds: DAY_SECONDS },
      networkLimit('recovery', visit),
    ];
    const taken = await this.limits.take(...source);
    if (!taken.ok) return this.#exhausted(taken);
    const { corporateNumber, transferAccountNumber } = numbers;
    const transferAccount = this.digest.all(numbers);
    const { matched: found, invoiceRefusal } = asksInvoice
      ? await this.judge({
          corporateNumber,
          transferAccount,
          invoice: this.newest.digestsOf(corporateNumber, numbers.invoice),
        })
      : { matched: await this.compare(corporateNumber, transferAccount), invoiceRefusal: null };
    const matched = (await mayBe(found)) ? found : undefined;
    const judged = { matched, invoiceRefusal };
    await this.log({ corporateNumber, transferAccountNumber }, judged, visit);
    const corporation = provenBy(judged);
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

  /** All that was shown. The invoice is looked up for wrong numbers too, so that both cost the same. */
  async judge({ corporateNumber, transferAccount, invoice }: ShownDigests): Promise<Judged> {
    const matched = await this.compare(corporateNumber, transferAccount);
    const shown = await this.newest.judge(corporateNumber, invoice);
    return { matched, invoiceRefusal: shown.ok ? null : shown.reason };
  }

  /** @param shown numbers that are written masked */
  async log(shown: Readonly<Record<string, string>>, judged: Judged, visit: Visit): Promise<void> {
    const numbers = Object.entries(shown).map(([name, number]) => [name, masked(number)]);
    const facts = Object.fromEntries(numbers) as Record<string, string>;
    const of = { corporationId: provenBy(judged)?.id, visit };
    // As a fact, so that a row about right numbers costs what one about wrong numbers does.
    if (judged.matched && judged.invoiceRefusal) facts.corporation = judged.matched.id;
    await this.audit.record('numbers-proof', outcomeOf(judged), of, facts);
  }

  async #levelAt(company: Limit): Promise<ProofLevel> {
    const isAlarmed = await this.alarm.isOn();
    const isCompanyUsedUp = !isAlarmed && !(await this.limits.take(company)).ok;
    return proofLevel({ isAlarmed, isCompanyUsedUp, isMailUsedUp: false });
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
