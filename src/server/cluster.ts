import type { ChildProcess } from 'node:child_process';
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { startHashProcess } from '../auth/passwords.js';
import type { HashReply, HashRequest } from '../auth/hash-process.js';
import type { Config } from '../config.js';
import { stopCleanly } from './stop-cleanly.js';
import { announce } from './welcome.js';

/** Several processes behind one port; one that ends is replaced, but not while all are stopping. */
export function startWorkers(config: Config, afterStop: () => Promise<void> | undefined): void {
  relayToHashProcess();
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
  stopCleanly(async (signal) => {
    cluster.off('exit', replace);
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    for (const worker of workers) worker.kill(signal);
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    await afterStop();
  });
}

/** There is one hash process for the machine: workers ask it through this process. One that dies is replaced. */
function relayToHashProcess(): void {
  const askedBy = new Map<string, Worker>();
  const answer = (reply: HashReply) => {
    askedBy.get(reply.id)?.send(reply);
    askedBy.delete(reply.id);
  };
  const start = () => {
    const hasher = startHashProcess();
    hasher.on('message', answer);
    hasher.once('exit', () => {
      for (const id of askedBy.keys()) answer({ id, busy: true });
      current = undefined;
    });
    return hasher;
  };
  let current: ChildProcess | undefined;
  cluster.on('message', (worker, request: HashRequest) => {
    askedBy.set(request.id, worker);
    (current ??= start()).send(request);
  });
}
