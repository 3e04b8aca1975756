/**
 * A process of its own at low priority that hashes passwords, as many at once as there are cores.
 * Few wait here: the line is before it. It imports nothing of ours, because it runs from the sources
 * in tests and from the build otherwise.
 */
import { randomBytes } from 'node:crypto';
import { availableParallelism, setPriority } from 'node:os';

export type HashRequest =
  | { id: string; act: 'hash'; password: string; memoryKiB: number; passes: number }
  | { id: string; act: 'verify'; password: string; phc: string };

const AT_ONCE = availableParallelism();

interface Hasher {
  hash(password: string, memoryKiB: number, passes: number): Promise<string>;
  verify(phc: string, password: string): Promise<boolean>;
}

const queue: HashRequest[] = [];
let running = 0;

process.on('message', (request: HashRequest) => {
  queue.push(request);
  work();
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
setPriority(10);
/** Not awaited here: requests may come before it is loaded. */
const hasher = accelerated().catch(portable);

function work(): void {
  while (running < AT_ONCE && queue.length > 0) {
    running += 1;
    void answer(queue.shift()!).finally(() => {
      running -= 1;
      work();
    });
  }
}

async function answer(request: HashRequest): Promise<void> {
  const { id } = request;
  try {
    process.send?.({ id, result: await perform(request) });
  } catch (error) {
    process.send?.({ id, fault: (error as Error).message });
  }
}

async function perform(request: HashRequest): Promise<string | boolean> {
  const { hash, verify } = await hasher;
  if (request.act === 'hash') return hash(request.password, request.memoryKiB, request.passes);
  return verify(request.phc, request.password);
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
