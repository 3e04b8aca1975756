import { setTimeout as wait } from 'node:timers/promises';
import { Query } from 'pg';
import { PasswordLine, type PasswordMessage } from '../../src/auth/passwords/password-line.js';
import { PageRenderer } from '../../src/web/pages/page-renderer.js';

/** What answers cost: statements, each by its name or text, works of the hash process, drawn pages. */
interface WorkDone {
  statements: string[];
  hashes: number;
  drawings: number;
}

/** Of jobs, timers and new connections, which no request causes. */
const OURSELVES =
  /graphile_worker|hourly\||last_seen_at = |set created_at = |ip_uses|in_hand|job_runners|^(?:begin|commit|set statement_timeout)/i;

const LITERAL = /'(?:[^']|'')*'/g;

type Statement = { text?: string; name?: string };

/** Scheduled jobs begin with a minute, and no request causes them: before looking at what jobs do. */
export async function awayFromSchedules(): Promise<void> {
  const [begins, ends] = [45_000, 3_000];
  const into = Date.now() % 60_000;
  if (into > begins || into < ends) await wait((60_000 + ends - into) % 60_000);
}

/** Looks on while something is done, and takes nothing away from it. */
export async function workOf(act: () => Promise<unknown>): Promise<WorkDone> {
  const work: WorkDone = { statements: [], hashes: 0, drawings: 0 };
  const ends = [
    overhear(Query.prototype, 'submit', (_, { name, text = '' }: Statement) => {
      if (!OURSELVES.test(text)) work.statements.push((name ?? text).replaceAll(LITERAL, "''"));
    }),
    overhear(PasswordLine.prototype, 'take', ({ line, act }: PasswordMessage) => {
      if (line === 'hash' && act === 'work') work.hashes += 1;
    }),
    overhear(PageRenderer.prototype, 'render', () => {
      work.drawings += 1;
    }),
  ];
  try {
    await act();
  } finally {
    for (const end of ends) end();
  }
  return work;
}

/** @returns what ends it */
function overhear<Given, On>(
  object: object,
  method: string,
  hear: (given: Given, on: On) => void,
): () => void {
  const methods = object as Record<string, (...given: unknown[]) => unknown>;
  const original = methods[method]!;
  methods[method] = function (this: unknown, ...given) {
    hear(given[0] as Given, this as On);
    return original.apply(this, given);
  };
  return () => {
    methods[method] = original;
  };
}
