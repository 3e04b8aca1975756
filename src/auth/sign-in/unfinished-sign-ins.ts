import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { Flows } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';

const UNFINISHED = 'unfinished-sign-in';

interface Unfinished {
  accountId: string;
  /** Of the refusal, for the desk. */
  requestId: string;
  at: string;
}

/** A right password that let nobody in. */
export interface RefusedSignIn extends Omit<Unfinished, 'at'> {
  flowId: string;
  at: Date;
}

/** Sign-ins whose password was right, while something else has to come first; the browser is known by a cookie. */
@Injectable()
export class UnfinishedSignIns {
  constructor(
    private readonly em: EntityManager,
    private readonly flows: Flows,
  ) {}

  /** @returns the id by which this one is found among several */
  async leave(accountId: string, visit: Visit): Promise<string> {
    const at = (await databaseNow(this.em)).toISOString();
    const entries = { accountId, requestId: visit.requestId, at };
    return (await this.flows.begin<Unfinished>(UNFINISHED, entries, visit)).id;
  }

  /** The account whose right password this browser gave within the last 30 minutes. */
  async accountOf(visit: Visit): Promise<string | undefined> {
    return (await this.find(undefined, visit))?.accountId;
  }

  /** @param id of one of several; absent: the last one */
  async find(id: unknown, visit: Visit): Promise<RefusedSignIn | undefined> {
    const flow = await this.flows.find<Unfinished>(UNFINISHED, id, visit);
    if (!flow) return undefined;
    const { accountId, requestId, at } = flow.entries as Unfinished;
    return { accountId, requestId, at: new Date(at), flowId: flow.id };
  }

  async endAllOf(accountId: string): Promise<void> {
    await this.flows.endAll<Unfinished>(UNFINISHED, { accountId });
  }
}
