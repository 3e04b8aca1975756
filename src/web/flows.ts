import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { sql, sqlOne } from '../database/sql.js';
import { Cookie } from './cookies.js';
import { notice } from './notices.js';
import { isUuid } from './uuid.js';
import type { Visit } from './visit.js';

const MINUTES = 30;
/** Of one site; beyond them the oldest goes, and one without entries before others. */
const MOST_OPEN = 200;

/** A page of a flow that is over, or that this browser never began. */
export const STARTED_OVER = notice(
  'start-over',
  'info',
  '入力の途中で30分が過ぎたか、別の手順から開かれたため、最初の画面に戻りました。',
);

/** One run through a wizard: which browser, which tab, and what was entered so far. */
export interface Flow<Entries> {
  id: string;
  entries: Partial<Entries>;
}

/**
 * What wizards remember, on the server. A flow belongs to the browser that began it (by a cookie)
 * and to one tab of it (by the id in the tab's URL); it is forgotten 30 minutes after its last step.
 */
@Injectable()
export class Flows {
  readonly #cookie = new Cookie('flow');

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /**
   * Begins a flow of this kind and remembers the first entries. The browser gets a new secret, and
   * its other tabs' flows with it: one that was seen before, or planted, opens nothing from here on.
   */
  async begin<E>(kind: string, entries: Partial<E>, visit: Visit): Promise<Flow<E>> {
    const former = this.#cookie.read(visit);
    const secret = randomBytes(18).toString('base64url');
    this.#cookie.set(visit, secret);
    const id = randomUUID();
    await this.pool.query(
      `with moved as (update flows set browser_hash = $2 where browser_hash = $6),
            surplus as (
              delete from flows where id in (
                select id from flows where site = $7
                order by entries = '{}', created_at desc offset $8 - 1))
       insert into flows (id, browser_hash, kind, entries, ends_at, site)
       values ($1, $2, $3, $4, genkan_now() + make_interval(mins => $5), $7)`,
      [
        id,
        digest(secret),
        kind,
        JSON.stringify(entries),
        MINUTES,
        former ? digest(former) : null,
        visit.site,
        MOST_OPEN,
      ],
    );
    return { id, entries };
  }

  /** The flow that the tab is in; without an id, the one that the browser began last. */
  async find<E>(kind: string, id: unknown, visit: Visit): Promise<Flow<E> | undefined> {
    const browser = this.#cookie.read(visit);
    if (browser === undefined || (id !== undefined && !isUuid(id))) return undefined;
    const found = await this.pool.query<Flow<E>>(
      `select id, entries from flows
       where browser_hash = $1 and kind = $2 and ($3::uuid is null or id = $3) and ends_at > genkan_now()
       order by created_at desc limit 1`,
      [digest(browser), kind, id ?? null],
    );
    return found.rows[0];
  }

  /** The flow's entries as they are now; nobody else changes them until the caller's transaction ends. */
  async hold<E>(flow: Flow<E>): Promise<Flow<E>> {
    const held = await sqlOne<Flow<E>>(
      this.em,
      'select id, entries from flows where id = $1 for update',
      [flow.id],
    );
    return held ?? flow;
  }

  /** Adds entries, in the caller's transaction if there is one; another 30 minutes begin. */
  async remember<E>(flow: Flow<E>, entries: Partial<E>): Promise<void> {
    await sql(
      this.em,
      `update flows set entries = entries || $2::jsonb, ends_at = genkan_now() + make_interval(mins => $3)
       where id = $1`,
      [flow.id, JSON.stringify(entries), MINUTES],
    );
  }

  /** Ends all flows of a kind that hold these entries, in the caller's transaction. */
  async endAll<E>(kind: string, entries: Partial<E>): Promise<void> {
    await sql(this.em, 'delete from flows where kind = $1 and entries @> $2::jsonb', [
      kind,
      JSON.stringify(entries),
    ]);
  }

  /** Takes one entry back. */
  async forget<E>(flow: Flow<E>, entry: keyof E & string): Promise<void> {
    await sql(this.em, 'update flows set entries = entries - $2::text where id = $1', [
      flow.id,
      entry,
    ]);
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
