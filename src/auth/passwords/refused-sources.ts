import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../../durations.js';
import type { LineName } from './password-line.js';
import type { Source } from '../../limits/source.js';
import { pause } from '../../resting.js';

/** After so many refusals that follow each other within a minute, a source may not ask for so long. */
const STEPS = [
  { refusals: 128, seconds: 60 },
  { refusals: 32, seconds: 15 },
  { refusals: 8, seconds: 5 },
];
/** A site holds many clients: it takes so many times as much before all of it is refused. */
const OF_A_SITE = 4;
const MOST_SOURCES = 10_000;
const HELD_MS = 1_000;
const MOST_HELD = 500;

interface Refusals {
  count: number;
  lastAt: number;
  until: number;
}

/**
 * Sources that found no room again and again: strangers by their address or /64 and by their /24 or
 * /48, known ones each for itself. In memory, because a refusal must cost next to nothing.
 */
@Injectable()
export class RefusedSources {
  readonly #refusals = new Map<string, Refusals>();
  #held = 0;

  note(line: LineName, source: Source, now = performance.now()): void {
    for (const [level, key] of keysOf(line, source).entries())
      this.#note(key, level === 0 ? 1 : OF_A_SITE, now);
  }

  /** In how many seconds the source may ask for room again; 0: at once. */
  retryAfter(line: LineName, source: Source, now = performance.now()): number {
    const untils = keysOf(line, source).map((key) => this.#refusals.get(key)?.until ?? 0);
    return Math.max(0, Math.ceil((Math.max(...untils) - now) / 1000));
  }

  /** Answers a source that comes back too soon late, so that trying at once is no use; only while few are held. */
  async hold(): Promise<void> {
    if (this.#held >= MOST_HELD) return;
    this.#held += 1;
    await pause(HELD_MS);
    this.#held -= 1;
  }

  #note(key: string, patience: number, now: number): void {
    const before = this.#refusals.get(key);
    const goesOn = before && now - Math.max(before.lastAt, before.until) < MINUTE_MS;
    const count = goesOn ? before.count + 1 : 1;
    const step = STEPS.find(({ refusals }) => count >= refusals * patience);
    // The newest stand at the end, so the oldest go first.
    this.#refusals.delete(key);
    this.#refusals.set(key, { count, lastAt: now, until: step ? now + step.seconds * 1000 : 0 });
    if (this.#refusals.size > MOST_SOURCES)
      this.#refusals.delete(this.#refusals.keys().next().value!);
  }
}

function keysOf(line: LineName, { isKnown, network, client, actor }: Source): string[] {
  if (isKnown) return [`${line} actor ${actor}`];
  return [`${line} client ${client}`, `${line} site ${network}`];
}
