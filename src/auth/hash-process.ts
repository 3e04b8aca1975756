/**
 * A process of its own at low priority that hashes and judges passwords: as many at once as there
 * are cores, a short queue behind them, and a refusal instead of a long wait. It imports
 * nothing of ours, because it runs from the sources in tests and from the build otherwise.
 */
import { randomBytes } from 'node:crypto';
import { availableParallelism, setPriority } from 'node:os';

export type HashRequest =
  | { id: string; act: 'hash'; password: string; memoryKiB: number; passes: number }
  | { id: string; act: 'verify'; password: string; phc: string }
  | { id: string; act: 'guesses'; password: string; known: string[] };

export type HashReply =
  | { id: string; result: string | boolean | number }
  | { id: string; busy: true }
  | { id: string; fault: string };

const AT_ONCE = availableParallelism();
const QUEUE_LIMIT = 40;
const LONGEST_WAIT = 2_000;
const LONGEST_JUDGED = 32;

interface Hasher {
  hash(password: string, memoryKiB: number, passes: number): Promise<string>;
  verify(phc: string, password: string): Promise<boolean>;
}

const queue: { request: HashRequest; since: number }[] = [];
let running = 0;

process.on('message', (request: HashRequest) => {
  if (queue.length >= QUEUE_LIMIT) return reply({ id: request.id, busy: true });
  queue.push({ request, since: performance.now() });
  work();
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
setPriority(10);
const hasher = await accelerated().catch(portable);

function work(): void {
  while (running < AT_ONCE && queue.length > 0) {
    const { request, since } = queue.shift()!;
    if (performance.now() - since > LONGEST_WAIT) {
      reply({ id: request.id, busy: true });
      continue;
    }
    running += 1;
    void answer(request).finally(() => {
      running -= 1;
      work();
    });
  }
}

async function answer(request: HashRequest): Promise<void> {
  try {
    reply({ id: request.id, result: await perform(request) });
  } catch (error) {
    reply({ id: request.id, fault: (error as Error).message });
  }
}

function perform(request: HashRequest): Promise<string | boolean | number> {
  if (request.act === 'hash')
    return hasher.hash(request.password, request.memoryKiB, request.passes);
  if (request.act === 'verify') return hasher.verify(request.phc, request.password);
  return guesses(request.password, request.known);
}

function reply(message: HashReply): void {
  process.send?.(message);
}

/** Half the CPU for the same parameters, where it is installed. */
async function accelerated(): Promise<Hasher> {
  const { hash, verify } = await import('@node-rs/argon2');
  return {
    hash: (password, memoryCost, timeCost) =>
      hash(password, { algorithm: 2, memoryCost, timeCost, parallelism: 1 }),
    verify: (phc, password) => verify(phc, password),
  };
}

async function portable(): Promise<Hasher> {
  const { default: argon2 } = await import('argon2');
  return {
    async hash(password, memoryCost, timeCost) {
      const salt = randomBytes(16);
      const options = {
        type: argon2.argon2id,
        memoryCost,
        timeCost,
        parallelism: 1,
        salt,
      } as const;
      const digest = await argon2.hash(password, { ...options, raw: true });
      // Both libraries read the parameters in this order.
      const parameters = `m=${memoryCost},t=${timeCost},p=1`;
      return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(digest)}`;
    },
    verify: (phc, password) => argon2.verify(phc, password),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** The guesses that an informed attacker needs, as a power of ten. The word lists load on first use. */
async function guesses(password: string, known: string[]): Promise<number> {
  const factory = await (estimator ??= loadEstimator());
  // The check's time grows steeply with the length, and a weak password shows in its beginning.
  const words = known.map((word) => word.slice(0, LONGEST_JUDGED));
  return factory.check(password.slice(0, LONGEST_JUDGED), words).guessesLog10;
}

let estimator: ReturnType<typeof loadEstimator> | undefined;

async function loadEstimator() {
  const [core, common, japanese] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-ja'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...japanese.dictionary },
    graphs: common.adjacencyGraphs,
  });
}
