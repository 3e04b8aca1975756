import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import type { Question } from '../mail/mails.js';
import { openIfPossible, Seal } from '../seal.js';
import { Flows } from '../web/flows.js';
import type { Visit } from '../web/visit.js';

const SENT = '/contact/sent';
const KIND = 'sent-question';

type Sent = Pick<Question, 'number' | 'email' | 'message'>;

/**
 * The page that says a question was sent: its address proves that one was. To the browser that sent
 * it, and nobody else, it shows for half an hour what was sent, and where the answer goes.
 */
@Injectable()
export class ContactReceipts {
  readonly #key: Buffer;

  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly flows: Flows,
  ) {
    this.#key = config.keyFor('contact-receipts');
    this.#seal = new Seal(config.keysFor('sent-questions'));
  }

  async pathFor({ number, email, message }: Sent, visit: Visit): Promise<string> {
    const sealed = this.#seal.seal({ number, email, message }).toString('base64');
    const { id } = await this.flows.begin(KIND, { sealed }, visit);
    const proof = this.#proofOf(number).toString('base64url');
    return `${SENT}?number=${number}&proof=${proof}&flow=${id}`;
  }

  async find(id: unknown, number: string, visit: Visit): Promise<Sent | undefined> {
    const flow = await this.flows.find<{ sealed: string }>(KIND, id, visit);
    const sent =
      flow && openIfPossible<Sent>(this.#seal, Buffer.from(flow.entries.sealed!, 'base64'));
    return sent?.number === number ? sent : undefined;
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
