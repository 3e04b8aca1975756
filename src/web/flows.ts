import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { sqlAfter, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { Cookie } from './cookies.js';
import { Flow } from './flow.entity.js';
import { notice } from './notices.js';
import { say } from './sentence.js';
import { isUuid } from './uuid.js';
import type { Visit } from './visit.js';

export const FLOW_LASTS = { minutes: 30 };
/** Of one site: beyond them the oldest end, and those without entries before others. */
const MOST_OPEN = 200;

/** Shown when the flow is over, or when this browser never began it. */
export const STARTED_OVER = notice.info(
  say('入力の途中で30分が過ぎたか、別のお手続きから開かれたため、最初のページに戻りました。'),
);

export interface FlowRun<Entries> {
  id: string;
  entries: Partial<Entries>;
}

/** How many of one account are kept, and how large they may be together as the database holds them. */
export interface FlowRoom {
  most: number;
  bytes: number;
}

/**
 * The memory of wizards, on the server. A flow belongs to the browser that began it (by a cookie)
 * and to one tab of it (by the id in the tab's URL); it is forgotten 30 minutes after its last step.
 */
@Injectable()
export class Flows {
  readonly #cookie = new Cookie('flow');

  constructor(private readonly em: EntityManager) {}

  /**
   * Begins a flow of this kind and remembers the first entries. The browser gets a new secret, and
   * its other tabs' flows with it: one that was seen before, or planted, opens nothing from here on.
   * @param site an account instead, where it is counted for that
   */
  async begin<E>(
    kind: string,
    entries: Partial<E>,
    visit: Visit,
    site = visit.site,
  ): Promise<FlowRun<E>> {
    const secret = newSecret();
    await this.#moveTo(secret, visit);
    await this.#endSurplusOf(site);
    const id = randomUUID();
    const row = { id, browser_hash: digest(secret), kind, entries: { ...entries }, site };
    await tables(this.em)
      .insertInto('flows')
      .values({ ...row, ends_at: sqlAfter(FLOW_LASTS) })
      .execute();
    this.#cookie.set(visit, secret);
    return { id, entries };
  }

  /**
   * In the caller's transaction, after which copies of the browser's cookie open nothing any more,
   * also where one of them took this flow along meanwhile.
   * @returns gives the browser its new one
   */
  async renew<E>({ id }: FlowRun<E>, visit: Visit): Promise<() => void> {
    const secret = newSecret();
    await this.#moveTo(secret, visit);
    await this.em.nativeUpdate(Flow, { id }, { browserHash: digest(secret) });
    return () => this.#cookie.set(visit, secret);
  }

  async #moveTo(secret: string, visit: Visit): Promise<void> {
    const former = this.#cookie.read(visit);
    if (former === undefined) return;
    const renewed = { browserHash: digest(secret) };
    await this.em.nativeUpdate(Flow, { browserHash: digest(former) }, renewed);
  }

  async #endSurplusOf(site: string): Promise<void> {
    const surplus = tables(this.em)
      .selectFrom('flows')
      .select('id')
      .where('site', '=', site)
      .orderBy(sql`entries = '{}'`)
      .orderBy('created_at', 'desc')
      .offset(MOST_OPEN - 1);
    await tables(this.em).deleteFrom('flows').where('id', 'in', surplus).execute();
  }

  /** The flow that the tab is in; without an id, the one that the browser began last. */
  async find<E>(kind: string, id: unknown, visit: Visit): Promise<FlowRun<E> | undefined> {
    const browser = this.#cookie.read(visit);
    if (browser === undefined || (id !== undefined && !isUuid(id))) return undefined;
    const found = await tables(this.em)
      .selectFrom('flows')
      .select(['id', 'entries'])
      .where('browser_hash', '=', digest(browser))
      .where('kind', '=', kind)
      .where('ends_at', '>', sqlNow)
      .$if(id !== undefined, (flows) => flows.where('id', '=', id as string))
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return found as FlowRun<E> | undefined;
  }

  /** Locks the flow until the caller's transaction ends. @returns its present entries, unless it is gone */
  async hold<E>(flow: FlowRun<E>): Promise<FlowRun<E> | undefined> {
    const held = await this.#row(flow).forUpdate().executeTakeFirst();
    return held as FlowRun<E> | undefined;
  }

  /** The same at once. @returns `in-hand` while another transaction holds it */
  async holdIfFree<E>(flow: FlowRun<E>): Promise<FlowRun<E> | 'in-hand' | undefined> {
    const found = this.#row(flow);
    const held = await found.forUpdate().skipLocked().executeTakeFirst();
    if (held) return held as FlowRun<E>;
    return (await found.executeTakeFirst()) && 'in-hand';
  }

  #row({ id }: { id: string }) {
    return tables(this.em).selectFrom('flows').select(['id', 'entries']).where('id', '=', id);
  }

  /** Adds entries, in the caller's transaction if there is one; another 30 minutes begin. */
  async remember<E>(flow: FlowRun<E>, entries: Partial<E>): Promise<void> {
    await tables(this.em)
      .updateTable('flows')
      .set({
        entries: sql`entries || ${JSON.stringify(entries)}::jsonb`,
        ends_at: sqlAfter(FLOW_LASTS),
      })
      .where('id', '=', flow.id)
      .execute();
  }

  async forget<E>(flow: FlowRun<E>, entry: keyof E & string): Promise<void> {
    await tables(this.em)
      .updateTable('flows')
      .set({ entries: sql`entries - ${entry}::text` })
      .where('id', '=', flow.id)
      .execute();
  }

  /**
   * Ends the oldest of an account and a kind until the rest has room. Those of one session make room
   * among themselves first. It follows the commit of a new one: of several at once the last sees all.
   */
  async endBeyond(account: string, kind: string, room: FlowRoom, ofSession = room): Promise<void> {
    const own = tables(this.em)
      .selectFrom('flows')
      .where('site', '=', account)
      .where('kind', '=', kind);
    const newest = sql`order by created_at desc, id`;
    const session = sql`partition by entries->>'sessionId' ${newest}`;
    const inSession = own
      .select(['id', 'created_at', sql<number>`pg_column_size(entries)`.as('size')])
      .select(sql<number>`row_number() over (${session})`.as('place'))
      .select(sql<number>`sum(pg_column_size(entries)) over (${session})`.as('bytes'));
    const inAccount = tables(this.em)
      .selectFrom(inSession.as('s'))
      .select(['id', sql<number>`row_number() over (${newest})`.as('place')])
      .select(sql<number>`sum(size) over (${newest})`.as('bytes'))
      .where('place', '<=', ofSession.most)
      .where('bytes', '<=', ofSession.bytes);
    const kept = tables(this.em)
      .selectFrom(inAccount.as('a'))
      .select('id')
      .where('place', '<=', room.most)
      .where('bytes', '<=', room.bytes);
    // Another request that is ending one needs no help.
    const surplus = own.select('id').where('id', 'not in', kept).forUpdate().skipLocked();
    await tables(this.em).deleteFrom('flows').where('id', 'in', surplus).execute();
  }

  /** Ends all flows of a kind that hold these entries, in the caller's transaction. */
  async endAll<E>(kind: string, entries: Partial<E>): Promise<void> {
    await tables(this.em)
      .deleteFrom('flows')
      .where('kind', '=', kind)
      .where(sql<boolean>`entries @> ${JSON.stringify(entries)}::jsonb`)
      .execute();
  }
}

const newSecret = () => randomBytes(18).toString('base64url');

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
