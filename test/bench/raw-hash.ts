/** What sign-ins are compared with: the hash alone, as many at once as cores. `raw-hash.ts LIBRARY SECONDS` */
import { availableParallelism, setPriority } from 'node:os';

export type Library = 'argon2' | '@node-rs/argon2';

export interface HashRate {
  /** Hashes a second. */
  rate: number;
  /** CPU milliseconds of one. */
  cpu: number;
}

const PASSWORD = 'genkan-demo-2026';
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const [library, seconds] = process.argv.slice(2) as [Library, string];
// The application's own priority for hashing: other programs on the machine then take as much from
// the limit as from what is compared with it. On a quiet machine it changes nothing.
setPriority(10);
const hash = await { argon2: portable, '@node-rs/argon2': accelerated }[library]();
await hash();
process.send?.(await measure());
process.disconnect();

async function measure(): Promise<HashRate> {
  let count = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  const until = started + Number(seconds) * 1000;
  const worker = async () => {
    for (; performance.now() < until; count += 1) await hash();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const { user, system } = process.cpuUsage(before);
  return {
    rate: (count * 1000) / (performance.now() - started),
    cpu: (user + system) / 1000 / count,
  };
}

async function accelerated(): Promise<() => Promise<unknown>> {
  const { hash } = await import('@node-rs/argon2');
  return () => hash(PASSWORD, { algorithm: 2, ...COST });
}

async function portable(): Promise<() => Promise<unknown>> {
  const { default: argon2 } = await import('argon2');
  return () => argon2.hash(PASSWORD, { type: argon2.argon2id, ...COST });
}
