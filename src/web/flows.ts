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
   */
  async begin<E>(kind: string, entries: Partial<E>, visit: Visit): Promise<FlowRun<E>> {
    const former = this.#cookie.read(visit);
    const secret = randomBytes(18).toString('base64url');
    const browserHash = digest(secret);
    if (former !== undefined)
      await this.em.nativeUpdate(Flow, { browserHash: digest(former) }, { browserHash });
    await this.#endSurplusOf(visit.site);
    const id = randomUUID();
    await tables(this.em)
      .insertInto('flows')
      .values({
        id,
        browser_hash: browserHash,
        kind,
        entries: { ...entries },
        ends_at: sqlAfter(FLOW_LASTS),
        site: visit.site,
      })
      .execute();
    this.#cookie.set(visit, secret);
    return { id, entries };
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

  /** Locks the flow until the caller's transaction ends. @returns its present entries */
  async hold<E>(flow: FlowRun<E>): Promise<FlowRun<E>> {
    const held = await tables(this.em)
      .selectFrom('flows')
      .select(['id', 'entries'])
      .where('id', '=', flow.id)
      .forUpdate()
      .executeTakeFirst();
    return (held as FlowRun<E> | undefined) ?? flow;
  }

  /** The same at once, or nothing while another transaction holds it. */
  async holdIfFree<E>(flow: FlowRun<E>): Promise<FlowRun<E> | undefined> {
    const found = tables(this.em)
      .selectFrom('flows')
      .select(['id', 'entries'])
      .where('id', '=', flow.id);
    const held = await found.forUpdate().skipLocked().executeTakeFirst();
    if (held) return held as FlowRun<E>;
    return (await found.executeTakeFirst()) ? undefined : flow;
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

  /** Ends those of a kind that hold these entries, but for the newest, in the caller's transaction. */
  async endOldest<E>(kind: string, entries: Partial<E>, kept: number): Promise<void> {
    const surplus = tables(this.em)
      .selectFrom('flows')
      .select('id')
      .where('kind', '=', kind)
      .where(sql<boolean>`entries @> ${JSON.stringify(entries)}::jsonb`)
      .orderBy('created_at', 'desc')
      .offset(kept);
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

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
