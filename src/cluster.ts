import cluster, { type Worker } from 'node:cluster';
import { startHashProcess } from './auth/passwords.js';
import type { HashReply, HashRequest } from './auth/hash-process.js';
import type { Config } from './config.js';

/**
 * Several processes behind one port, and still one hash process for the machine: workers ask it
 * through this one.
 */
export function startWorkers(config: Config, afterStop: () => Promise<void> | undefined): void {
  const hasher = startHashProcess();
  const askedBy = new Map<string, Worker>();
  let stopping = false;
  hasher.on('message', (reply: HashReply) => {
    askedBy.get(reply.id)?.send(reply);
    askedBy.delete(reply.id);
  });
  cluster.on('message', (worker, request: HashRequest) => {
    askedBy.set(request.id, worker);
    hasher.send(request);
  });
  const fork = () => cluster.fork({ GENKAN_DATABASE_URL: config.databaseUrl });
  for (let count = 0; count < config.webConcurrency; count += 1) fork();
  cluster.on('exit', () => {
    if (!stopping) return void fork();
    if (Object.keys(cluster.workers ?? {}).length > 0) return;
    void Promise.resolve(afterStop()).then(() => process.exit(0));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      stopping = true;
      for (const worker of Object.values(cluster.workers ?? {})) worker?.kill(signal);
    });
}
