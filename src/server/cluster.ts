import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { PasswordMessage } from '../auth/password-line.js';
import { passwordLines } from '../auth/password-lines.js';
import type { Config } from '../config.js';
import { Drain } from '../health/drain.js';
import { monitorWorkers } from './monitors.js';
import { stopCleanly } from './stop-cleanly.js';
import { announce } from './welcome.js';

/** Several processes behind one port; one that ends is replaced, but not while all are stopping. */
export async function startWorkers(
  config: Config,
  afterStop: () => Promise<void> | undefined,
): Promise<void> {
  const drain = new Drain();
  await monitorWorkers(config, drain);
  ownPasswordLines();
  const listening = new Set<number>();
  const fork = () => cluster.fork({ GENKAN_DATABASE_URL: config.databaseUrl });
  const replace = ({ id }: Worker) => {
    // One that never listened would end again: its reason is on stderr.
    if (!listening.delete(id)) process.exit(1);
    fork();
  };
  for (let count = 0; count < config.webConcurrency; count += 1) fork();
  cluster.on('listening', ({ id }) => listening.add(id));
  cluster.on('exit', replace);
  cluster.once('listening', () => announce(config));
  let ends: Promise<unknown>[] = [];
  stopCleanly(config, drain, {
    begin(signal) {
      cluster.off('exit', replace);
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      ends = workers.map((worker) => once(worker, 'exit'));
      for (const worker of workers) worker.kill(signal);
    },
    async stop() {
      await Promise.all(ends);
      await afterStop();
    },
  });
}

/** The machine has one line for hashes and one for new passwords: workers ask through this process. */
function ownPasswordLines(): void {
  const lines = passwordLines();
  cluster.on('message', (worker, message: PasswordMessage | object) => {
    if (!('line' in message)) return;
    lines[message.line].take(
      message,
      (reply) => worker.isConnected() && worker.send(reply),
      worker,
    );
  });
  cluster.on('exit', (worker) => {
    for (const line of Object.values(lines)) line.forget(worker);
  });
}
