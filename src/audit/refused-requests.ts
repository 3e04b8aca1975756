import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS, SECOND_MS } from '../durations.js';

export interface RefusedAnswer {
  requestId: string;
  status: number;
  method: string;
  path: string;
  address: string | null;
  /** The client's network, whose numbers count together. */
  site: string;
}

/** `since`: by this process's own clock, which only tells how long it waited to be written. */
type Kept = Omit<RefusedAnswer, 'site'> & { since: number };

/** Whoever looks at an error page reads the number out a moment later. */
const WRITTEN_EVERY_MS = 1_000;
/** Of all of this process in a minute, and of one network: a flood writes little. */
const MOST_A_MINUTE = 60;
const MOST_OF_A_NETWORK = 6;
const LONGEST_PATH = 100;

/** So many are found, and so long. */
export const NUMBERS_KEPT = 4_000;
export const NUMBERS_DAYS = 7;

const WRITE = `
  insert into refused_requests (request_id, at, status, method, path, address)
  select id, genkan_now() - make_interval(secs => waited), status, method, path, address
  from unnest($1::text[], $2::float8[], $3::int[], $4::text[], $5::text[], $6::inet[])
       as n (id, waited, status, method, path, address)
  on conflict do nothing`;

/** Beyond the newest; what is too old goes with all that is (jobs/clean-up.ts). */
const FORGET = `
  delete from refused_requests
  where at < (select at from refused_requests order by at desc offset $1 limit 1)`;

/**
 * What the numbers of error pages mean. Strangers cause them as often as they like, so some of each
 * minute are kept, few of one network; every process of the service writes them to one place.
 */
@Injectable()
export class RefusedRequests implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten: Kept[] = [];
  #minute = 0;
  #ofMinute = 0;
  readonly #ofNetworks = new Map<string, number>();
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

  add({ site, path, ...answer }: RefusedAnswer): void {
    if (!this.#hasRoom(site)) return;
    const shown = path.slice(0, LONGEST_PATH).replaceAll('\0', '').toWellFormed();
    this.#unwritten.push({ ...answer, path: shown, since: performance.now() });
  }

  async write(): Promise<void> {
    if (this.#unwritten.length === 0 || this.#isWriting) return;
    const written = this.#unwritten;
    this.#unwritten = [];
    this.#isWriting = true;
    const all = <K extends keyof Kept>(key: K) => written.map((one) => one[key]);
    const waited = written.map(({ since }) => (performance.now() - since) / SECOND_MS);
    const rows = [all('requestId'), waited, all('status'), all('method'), all('path')];
    try {
      await this.pool.query(WRITE, [...rows, all('address')]);
      await this.pool.query(FORGET, [NUMBERS_KEPT]);
    } catch (error) {
      this.#unwritten = [...written, ...this.#unwritten].slice(-MOST_A_MINUTE);
      throw error;
    } finally {
      this.#isWriting = false;
    }
  }

  #hasRoom(site: string): boolean {
    const minute = Math.floor(performance.now() / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#ofMinute = 0;
      this.#ofNetworks.clear();
    }
    const ofNetwork = this.#ofNetworks.get(site) ?? 0;
    if (this.#ofMinute >= MOST_A_MINUTE || ofNetwork >= MOST_OF_A_NETWORK) return false;
    this.#ofMinute += 1;
    this.#ofNetworks.set(site, ofNetwork + 1);
    return true;
  }
}
