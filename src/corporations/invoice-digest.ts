import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { InvoiceMark } from './shown-invoice.js';

/** Hashes what an invoice is recognised by: keyed, and with its company, so that equal ones differ. */
@Injectable()
export class InvoiceDigest {
  readonly #peppers: Buffer[];
  /** Of the key that makes the first digest, for its row. */
  readonly keyFingerprint: string;

  constructor(config: Config) {
    this.#peppers = config.keysFor('invoice');
    this.keyFingerprint = config.keyFingerprint;
  }

  /** The digest of the current key, and behind it, while a key is exchanged, of the former one. */
  all(corporateNumber: string, { kind, value }: InvoiceMark): Buffer[] {
    return this.#peppers.map((pepper) =>
      createHmac('sha256', pepper).update(`${corporateNumber}:${kind}:${value}`).digest(),
    );
  }
}
