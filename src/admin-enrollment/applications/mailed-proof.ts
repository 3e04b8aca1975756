import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '../../config.js';
import { InvoiceProof, type ProofRefusal } from '../../corporations/invoice-proof.js';
import {
  provenBy,
  type Judged,
  type ProvenCorporation,
  type ShownDigests,
} from '../../corporations/judged-proof.js';
import { proofLevel } from '../../corporations/proof-levels.js';
import { exhaustedReason, networkLimit } from '../../corporations/proof-limits.js';
import { tables } from '../../database/tables.js';
import { DAY_SECONDS } from '../../durations.js';
import { emailKey, withoutTag } from '../../identity/login-id.js';
import { Limits, type Limit } from '../../limits/limits.js';
import type { Visit } from '../../web/visit.js';

/** A pair of which all but the company's number is known by keyed digests alone, in hex. */
export interface DigestedPair {
  corporateNumber: string;
  transferAccountDigest: string;
  /** Absent in what a former version sealed. */
  invoiceDigests?: string[];
}

export type MailedVerdict =
  | { ok: true; level: 'mail'; corporation: ProvenCorporation }
  /** People decide. */
  | { ok: true; level: 'desk'; judged: Judged }
  | ProofRefusal;

export function shownIn(pair: DigestedPair): ShownDigests {
  const { corporateNumber, transferAccountDigest, invoiceDigests = [] } = pair;
  return {
    corporateNumber,
    transferAccount: [Buffer.from(transferAccountDigest, 'hex')],
    invoice: invoiceDigests.map((digest) => Buffer.from(digest, 'hex')),
  };
}

/**
 * The comparison behind a mailed link, so that each costs a mailbox that somebody reads. The
 * company's own mailboxes have a budget that strangers cannot use up.
 */
@Injectable()
export class MailedProof {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly proof: InvoiceProof,
    private readonly limits: Limits,
  ) {
    this.#key = config.keyFor('mailed-proof');
  }

  async judge(pair: DigestedPair, email: string, visit: Visit): Promise<MailedVerdict> {
    const source = [this.#mailboxLimit(email), networkLimit('mail', visit)];
    const taken = await this.limits.take(...source);
    if (!taken.ok) {
      const { key, retryAfter } = taken;
      return { ok: false, reason: exhaustedReason(key), retryAfter };
    }
    const budget = await this.#budgetOf(pair.corporateNumber, email);
    const isMailUsedUp = !(await this.limits.take(budget)).ok;
    const level = proofLevel({ isCompanyUsedUp: true, isAlarmed: false, isMailUsedUp });
    const judged = await this.proof.judge(shownIn(pair));
    if (level === 'desk') {
      await this.limits.giveBack(...source);
      return { ok: true, level, judged };
    }
    const { corporateNumber, transferAccountDigest } = pair;
    await this.proof.log({ corporateNumber, transferAccountDigest }, judged, visit);
    const corporation = provenBy(judged);
    if (!corporation) return { ok: false, reason: 'numbers-unmatched' };
    await this.limits.giveBack(...source, budget);
    return { ok: true, level: 'mail', corporation };
  }

  async #budgetOf(corporateNumber: string, email: string): Promise<Limit> {
    const isOwn = await this.#isOfCompany(corporateNumber, emailKey(email));
    const lane = isOwn ? 'own' : 'others';
    return { key: `proof:mail:${lane}:${corporateNumber}`, maximum: 10, seconds: DAY_SECONDS };
  }

  /**
   * True for the addresses of its people and billing contact, and for others in a domain that
   * nobody else has. Newcomers count once they are approved, at this company and at others.
   */
  async #isOfCompany(corporateNumber: string, mailbox: string): Promise<boolean> {
    const domain = mailbox.slice(mailbox.lastIndexOf('@') + 1);
    const { rows } = await sql<{ isTheirs: boolean | null; isTheirDomain: boolean | null }>`
      with users as (
        select c.corporate_number = ${corporateNumber} as is_own, a.email_key as mailbox
        from accounts a join corporations c on c.id = a.corporation_id
        where split_part(a.email_key, '@', 2) = ${domain}
          and a.state in ('active', 'suspended') and not a.in_case
          and (a.probation_ends_at is null or a.probation_ends_at <= genkan_now())
        union all
        select corporate_number = ${corporateNumber}, lower(billing_email)
        from corporations where split_part(lower(billing_email), '@', 2) = ${domain})
      select bool_or(is_own and mailbox = ${mailbox}) as "isTheirs",
             bool_and(is_own) as "isTheirDomain"
      from users`.execute(tables(this.em));
    return Boolean(rows[0]!.isTheirs || rows[0]!.isTheirDomain);
  }

  /** Counted by a keyed digest, so that no counter tells an address. */
  #mailboxLimit(email: string): Limit {
    const mailbox = createHmac('sha256', this.#key).update(withoutTag(email)).digest('base64url');
    return { key: `proof:mail:mailbox:${mailbox}`, maximum: 3, seconds: DAY_SECONDS };
  }
}
