import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { InvoiceNumbers } from './numbers.js';

/** How a お振込先口座番号 is stored: keyed, and bound to its company, so that equal numbers differ. */
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
