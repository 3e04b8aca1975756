import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';

const SENT = '/contact/sent';

/** The page that says a question was sent: its address proves that one was. */
@Injectable()
export class ContactReceipts {
  readonly #key: Buffer;

  constructor(config: Config) {
    this.#key = config.keyFor('contact-receipts');
  }

  pathFor(number: string): string {
    return `${SENT}?number=${number}&proof=${this.#proofOf(number).toString('base64url')}`;
  }

  isProved(number: unknown, proof: unknown): number is string {
    if (typeof number !== 'string' || typeof proof !== 'string') return false;
    const [given, right] = [Buffer.from(proof, 'base64url'), this.#proofOf(number)];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #proofOf(number: string): Buffer {
    return createHmac('sha256', this.#key).update(number).digest().subarray(0, 16);
  }
}
