import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { InvoiceNumbers } from './numbers.js';

/** Hashes a お振込先口座番号 for storage: keyed, and with its company, so that equal numbers differ. */
@Injectable()
export class TransferAccountDigest {
  readonly #peppers: Buffer[];
  /** Of the key that `of` uses, for the row of a digest. */
  readonly keyFingerprint: string;

  constructor(config: Config) {
    this.#peppers = config.keysFor('transfer-account');
    this.keyFingerprint = config.keyFingerprint;
  }

  of(numbers: InvoiceNumbers): Buffer {
    return this.all(numbers)[0]!;
  }

  /** Behind it, while a key is exchanged, the digest that the former key made of the same number. */
  all({ corporateNumber, transferAccountNumber }: InvoiceNumbers): Buffer[] {
    return this.#peppers.map((pepper) =>
      createHmac('sha256', pepper).update(`${corporateNumber}:${transferAccountNumber}`).digest(),
    );
  }
}
