import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { InvoiceNumbers } from './numbers.js';

/** Hashes a お振込先口座番号 for storage: keyed, and with its company, so that equal numbers differ. */
@Injectable()
export class TransferAccountDigest {
  readonly #pepper: Buffer;

  constructor(config: Config) {
    this.#pepper = config.keyFor('transfer-account');
  }

  of({ corporateNumber, transferAccountNumber }: InvoiceNumbers): Buffer {
    return createHmac('sha256', this.#pepper)
      .update(`${corporateNumber}:${transferAccountNumber}`)
      .digest();
  }
}
