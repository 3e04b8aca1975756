import { MINUTE_MS } from '../durations.js';
import { keepLatest } from '../web/keep-latest.js';

/** So long after its last try a network is as good as one that never tried. */
const KEPT_MS = 10 * MINUTE_MS;
/** Beyond that, more wrong tries are no worse. */
const WORST = 8;
/** An office makes up for so many wrong tries by one right password, beforehand. */
const PROVEN = -4;
/** So many of its addresses guess: then all of a network does. */
const SEVERAL = 3;
/** Networks and addresses. */
const MOST = 20_000;

/** Names of a network and of an address in it. */
export interface TriedAt {
  network: string;
  client: string;
}

/** Whose right password let somebody in. */
export interface SignInProof {
  account: string;
  company: string;
}

interface Tries {
  score: number;
  at: number;
}

/**
 * What the last tries of networks and of their addresses were worth: a right password proves both, each
 * wrong one of a stranger takes from that. For the wrong tries of one or two addresses their neighbours
 * do not answer. Refused tries count for nothing. And whose people signed in there last. In memory, for
 * ten minutes.
 */
export class WorthOfTries {
  readonly #tries = new Map<string, Tries>();
  readonly #provenBy = new Map<string, { network: string; at: number }>();

  /** The last addresses of a network with wrong tries. */
  readonly #guessers = new Map<string, Set<string>>();
  readonly #companies = new Map<string, { company: string; at: number }>();

  /** An account proves one network at a time, so that its owner does not prove many. */
  right({ network, client }: TriedAt, account: string, now = performance.now()): void {
    const before = this.#provenBy.get(account);
    if (before && before.network !== network && now - before.at < KEPT_MS) return;
    keepLatest(this.#provenBy, account, { network, at: now }, MOST);
    for (const name of [network, client])
      keepLatest(this.#tries, name, { score: PROVEN, at: now }, MOST);
  }

  wrong({ network, client }: TriedAt, now = performance.now()): void {
    for (const name of [network, client]) {
      const score = Math.min(WORST, this.#scoreOf(name, now) + 1);
      keepLatest(this.#tries, name, { score, at: now }, MOST);
    }
    const others = [...(this.#guessers.get(network) ?? [])].filter((other) => other !== client);
    keepLatest(this.#guessers, network, new Set([...others.slice(1 - SEVERAL), client]), MOST);
  }

  /** People of this company signed in there, however many of its networks their accounts prove. */
  belongsTo(network: string, company: string, now = performance.now()): void {
    keepLatest(this.#companies, network, { company, at: now }, MOST);
  }

  companyOf(network: string, now = performance.now()): string | undefined {
    const last = this.#companies.get(network);
    return last && now - last.at < KEPT_MS ? last.company : undefined;
  }

  /** Below zero: proven. Above: so many wrong tries too many. */
  of(name: string, now?: number): number {
    const score = this.#scoreOf(name, now);
    if (score <= 0 || !this.#guessers.has(name)) return score;
    return this.#doSeveralGuess(name, now) ? score : 0;
  }

  /** Asked for each network of a full room: the clock is read where there were tries alone. */
  #scoreOf(name: string, now?: number): number {
    const tries = this.#tries.get(name);
    return tries && (now ?? performance.now()) - tries.at < KEPT_MS ? tries.score : 0;
  }

  #doSeveralGuess(network: string, now?: number): boolean {
    let guessing = 0;
    for (const client of this.#guessers.get(network)!)
      if (this.#scoreOf(client, now) > 0) guessing += 1;
    return guessing >= SEVERAL;
  }
}
