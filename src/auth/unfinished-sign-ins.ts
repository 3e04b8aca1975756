import { Injectable } from '@nestjs/common';
import { Flows } from '../web/flows.js';
import type { Visit } from '../web/visit.js';

const KIND = 'unfinished-sign-in';

/** Sign-ins with the right password that something still stands in the way of. */
@Injectable()
export class UnfinishedSignIns {
  constructor(private readonly flows: Flows) {}

  async begin(accountId: string, visit: Visit): Promise<void> {
    await this.flows.begin(KIND, { accountId }, visit);
  }

  /** Ends those of an account, in the caller's transaction. */
  async endAllOf(accountId: string): Promise<void> {
    await this.flows.endAll<{ accountId: string }>(KIND, { accountId });
  }

  /** Whose right password this browser gave within the last 30 minutes. */
  async accountOf(visit: Visit): Promise<string | undefined> {
    const flow = await this.flows.find<{ accountId: string }>(KIND, undefined, visit);
    return flow?.entries.accountId;
  }
}
