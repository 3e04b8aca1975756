import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '../../config.js';
import {
  InvoiceProof,
  type ProofRefusal,
  type ProvenCorporation,
} from '../../corporations/invoice-proof.js';
import { proofLevel } from '../../corporations/proof-levels.js';
import { exhaustedReason, networkLimit } from '../../corporations/proof-limits.js';
import { tables } from '../../database/tables.js';
import { DAY_SECONDS } from '../../durations.js';
import { emailKey } from '../../identity/login-id.js';
import { Limits, type Limit } from '../../limits/limits.js';
import type { Visit } from '../../web/visit.js';

/** A pair of which the second number is known by its keyed digest alone, in hex. */
export interface DigestedPair {
  corporateNumber: string;
  transferAccountDigest: string;
}

export type MailedVerdict =
  | { ok: true; level: 'mail'; corporation: ProvenCorporation }
  /** People decide; the company is the one that the numbers belong to, if any. */
  | { ok: true; level: 'desk'; corporation: ProvenCorporation | undefined }
  | ProofRefusal;

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
    const digest = Buffer.from(pair.transferAccountDigest, 'hex');
    const corporation = await this.proof.compare(pair.corporateNumber, [digest]);
    if (level === 'desk') {
      await this.limits.giveBack(...source);
      return { ok: true, level, corporation };
    }
    await this.proof.log(pair, corporation, visit);
    if (!corporation) return { ok: false, reason: 'numbers-unmatched' };
    await this.limits.giveBack(...source, budget);
    return { ok: true, level: 'mail', corporation };
  }

  async #budgetOf(corporateNumber: string, email: string): Promise<Limit> {
    const isOwn = await this.#isOfCompany(corporateNumber, domainOf(emailKey(email)));
    const lane = isOwn ? 'own' : 'others';
    return { key: `proof:mail:${lane}:${corporateNumber}`, maximum: 10, seconds: DAY_SECONDS };
  }

  async #isOfCompany(corporateNumber: string, domain: string): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('corporations as c')
      .leftJoin('accounts as a', (join) =>
        join.onRef('a.corporation_id', '=', 'c.id').on('a.state', 'in', ['active', 'suspended']),
      )
      .where('c.corporate_number', '=', corporateNumber)
      .where(({ or, eb }) =>
        or([
          eb(sql<string>`split_part(a.email_key, '@', 2)`, '=', domain),
          eb(sql<string>`split_part(lower(c.billing_email), '@', 2)`, '=', domain),
        ]),
      )
      .select('c.id')
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Counted by a keyed digest, so that no counter tells an address. */
  #mailboxLimit(email: string): Limit {
    const mailbox = createHmac('sha256', this.#key).update(emailKey(email)).digest('base64url');
    return { key: `proof:mail:mailbox:${mailbox}`, maximum: 3, seconds: DAY_SECONDS };
  }
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}
