import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS, SECOND_MS } from '../durations.js';
import type { Refusal } from '../web/visit.js';
import type { RefusedRequest } from './refused-request.entity.js';

interface RefusedAnswer {
  requestId: string;
  status: number;
  method: string;
  path: string;
  address: string | null;
  /** Who is signed in, of a company or the desk. */
  person: string | undefined;
  /** The client's network. */
  site: string;
  /** Of the page, in Japanese. */
  title?: string | undefined;
  /** Whom it refuses, and why, as far as its flow knows. */
  refusal?: Partial<Refusal> | undefined;
}

/** Paths that strangers try have the least of the room. */
type Lane = RefusedRequest['lane'];

/** `since`: by this process's own clock, which only tells how long it waited to be written. */
type Kept = Omit<RefusedAnswer, 'person' | 'site'> & { lane: Lane; since: number };

/** Whoever looks at an error page reads the number out a moment later. */
const WRITTEN_EVERY_MS = 1_000;
/** Of a lane of this process in a minute, and of one person or network: a flood writes little. */
const MOST_A_MINUTE = 60;
const MOST_OF_ONE = 6;
const LONGEST_PATH = 100;

/** So many of each lane are found, and so long. */
export const NUMBERS_KEPT = 4_000;
export const NUMBERS_DAYS = 7;

const WRITE = `
  insert into refused_requests
    (request_id, lane, at, status, method, path, address, title, reason, account_id, invitation_id)
  select id, lane, genkan_now() - make_interval(secs => waited), status, method, path, address,
         title, reason, account, invitation
  from unnest($1::text[], $2::text[], $3::float8[], $4::int[], $5::text[], $6::text[], $7::inet[],
              $8::text[], $9::text[], $10::uuid[], $11::uuid[])
       as n (id, lane, waited, status, method, path, address, title, reason, account, invitation)
  on conflict do nothing`;

/** Beyond the newest; what is too old goes with all that is (jobs/clean-up.ts). */
const FORGET = `
  delete from refused_requests r using unnest($1::text[]) as written (lane)
  where r.lane = written.lane and at < (
    select at from refused_requests n where n.lane = written.lane
    order by at desc offset $2 limit 1)`;

/**
 * What the numbers of error pages mean. Strangers cause them as often as they like, so some of each
 * minute are kept, few of one person or network; every process of the service writes them to one place.
 */
@Injectable()
export class RefusedRequests implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten: Kept[] = [];
  #minute = 0;
  /** By lane, and by person or network. */
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isWriting = false;

  constructor(private readonly pool: Pool) {}

  onModuleInit(): void {
    // What cannot be written now is written with the next ones.
    const write = () => void this.write().catch(() => undefined);
    this.#timer = setInterval(write, WRITTEN_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write().catch(() => undefined);
  }

  add({ person, site, path, ...answer }: RefusedAnswer): void {
    const lane = person ? 'person' : answer.status === 404 ? 'unknown-path' : 'stranger';
    if (!this.#hasRoom(lane, person ?? site)) return;
    const shown = path.slice(0, LONGEST_PATH).replaceAll('\0', '').toWellFormed();
    this.#unwritten.push({ ...answer, lane, path: shown, since: performance.now() });
  }

  async write(): Promise<void> {
    if (this.#unwritten.length === 0 || this.#isWriting) return;
    const written = this.#unwritten;
    this.#unwritten = [];
    this.#isWriting = true;
    const all = <K extends keyof Kept>(key: K) => written.map((one) => one[key]);
    const waited = written.map(({ since }) => (performance.now() - since) / SECOND_MS);
    const lanes = all('lane');
    const rows = [all('requestId'), lanes, waited, all('status'), all('method'), all('path')];
    try {
      const refusals = all('refusal');
      const of = (key: keyof Refusal) => refusals.map((refusal) => refusal?.[key]);
      const refused = [of('reason'), of('accountId'), of('invitationId')];
      await this.pool.query(WRITE, [...rows, all('address'), all('title'), ...refused]);
      await this.pool.query(FORGET, [[...new Set(lanes)], NUMBERS_KEPT]);
    } catch (error) {
      this.#unwritten = [...written, ...this.#unwritten].slice(-MOST_A_MINUTE);
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  #hasRoom(lane: Lane, source: string): boolean {
    const minute = Math.floor(performance.now() / MINUTE_MS);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const bySource = `${lane} ${source}`;
    if (this.#countOf(lane) >= MOST_A_MINUTE || this.#countOf(bySource) >= MOST_OF_ONE)
      return false;
    for (const key of [lane, bySource]) this.#counts.set(key, this.#countOf(key) + 1);
    return true;
  }

  #countOf(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
