import { MINUTE_MS } from '../durations.js';

/** So long after its last try a network is as good as one that never tried. */
const KEPT_MS = 10 * MINUTE_MS;
/** Beyond that, more wrong tries are no worse. */
const WORST = 8;
/** An office makes up for so many wrong tries by one right password, beforehand. */
const PROVEN = -4;
const MOST = 10_000;

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
 * What the last tries of networks were worth: a right password proves its network, each wrong one of
 * a stranger takes from that. Refused tries count for nothing. And whose people signed in there last.
 * In memory, for ten minutes.
 */
export class WorthOfTries {
  readonly #tries = new Map<string, Tries>();
  readonly #provenBy = new Map<string, { network: string; at: number }>();

  readonly #companies = new Map<string, { company: string; at: number }>();

  /** An account proves one network at a time, so that its owner does not prove many. */
  right(network: string, account: string, now = performance.now()): void {
    const before = this.#provenBy.get(account);
    if (before && before.network !== network && now - before.at < KEPT_MS) return;
    keep(this.#provenBy, account, { network, at: now });
    keep(this.#tries, network, { score: PROVEN, at: now });
  }

  wrong(network: string, now = performance.now()): void {
    const score = Math.min(WORST, this.of(network, now) + 1);
    keep(this.#tries, network, { score, at: now });
  }

  /** People of this company signed in there, however many of its networks their accounts prove. */
  belongsTo(network: string, company: string, now = performance.now()): void {
    keep(this.#companies, network, { company, at: now });
  }

  companyOf(network: string, now = performance.now()): string | undefined {
    const last = this.#companies.get(network);
    return last && now - last.at < KEPT_MS ? last.company : undefined;
  }

  /** Below zero: proven. Above: so many wrong tries too many. */
  of(network: string, now = performance.now()): number {
    const tries = this.#tries.get(network);
    return tries && now - tries.at < KEPT_MS ? tries.score : 0;
  }
}

/** The newest stand at the end, so the oldest go first. */
function keep<Kept>(all: Map<string, Kept>, key: string, kept: Kept): void {
  all.delete(key);
  all.set(key, kept);
  if (all.size > MOST) all.delete(all.keys().next().value!);
}
