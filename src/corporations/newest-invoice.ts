import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Settled } from '../audit/audit.js';
import { Config } from '../config.js';
import { tables } from '../database/tables.js';
import { InvoiceDigest } from './invoice-digest.js';
import { marksOf } from './shown-invoice.js';

/** Why an invoice proves nothing: it is none of the last two, or the company has none on file. */
export type InvoiceRefusal = 'invoice-unmatched' | 'invoices-missing';

/** Of what began before the invoice was asked. */
const SHOWN_NOTHING = Buffer.alloc(0);

/**
 * One of the last two invoices as a proof, where `ENROLLMENT_PROOF=invoice` asks for it. Whoever
 * left a company no longer receives them. It counts nothing: the caller does, before it asks.
 */
@Injectable()
export class NewestInvoice {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly digest: InvoiceDigest,
  ) {}

  get isAsked(): boolean {
    return this.config.enrollmentProof === 'invoice';
  }

  /** What is kept of the field `invoice` until it is compared; always as many of them. */
  digestsOf(corporateNumber: string, typed: string): Buffer[] {
    if (!this.isAsked) return [];
    return marksOf(typed).flatMap((mark) => this.digest.all(corporateNumber, mark));
  }

  /**
   * Does this pair, a company's number and what was typed of an invoice, prove the company? The work
   * is the same whatever the answer is, also for a number that no company has. The reason of a
   * refusal is for the log alone: people see the neutral sentence.
   * @param digests as `digestsOf` made them
   */
  async judge(corporateNumber: string, digests: Buffer[]): Promise<Settled<InvoiceRefusal>> {
    if (!this.isAsked) return { ok: true };
    const shown = digests.length > 0 ? digests : [SHOWN_NOTHING];
    const { kept, matching } = await tables(this.em)
      .selectFrom('invoices as i')
      .innerJoin('corporations as c', 'c.id', 'i.corporation_id')
      .where('c.corporate_number', '=', corporateNumber)
      .select(({ fn }) => [
        fn.countAll<string>().as('kept'),
        fn.countAll<string>().filterWhere('i.digest', 'in', shown).as('matching'),
      ])
      .executeTakeFirstOrThrow();
    if (Number(matching) > 0) return { ok: true };
    return { ok: false, reason: Number(kept) > 0 ? 'invoice-unmatched' : 'invoices-missing' };
  }
}
