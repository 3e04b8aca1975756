import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { PasswordMessage } from '../auth/passwords/password-line.js';
import { passwordLines } from '../auth/passwords/password-lines.js';
import type { Config } from '../config.js';
import { Drain } from '../health/drain.js';
import { monitorWorkers } from './monitors.js';
import { Replacements } from './replacements.js';
import { stopCleanly } from './stop-cleanly.js';
import { announce } from './welcome.js';

/**
 * Several processes behind one port; one that ends is replaced, but not while all are stopping.
 * Where none has ever listened, all end: its reason is in the log.
 */
export async function startWorkers(
  config: Config,
  afterStop: () => Promise<void> | undefined,
): Promise<void> {
  const drain = new Drain();
  await monitorWorkers(config, drain);
  ownPasswordLines();
  const fork = () => cluster.fork({ GENKAN_DATABASE_URL: config.databaseUrl });
  const replacements = new Replacements(fork);
  for (let count = 0; count < config.webConcurrency; count += 1) fork();
  cluster.on('exit', endAll);
  cluster.once('listening', () => {
    cluster.off('exit', endAll).on('exit', () => replacements.replace());
    announce(config);
  });
  if (!config.embedded) passOnHangUps();
  let ends: Promise<unknown>[] = [];
  stopCleanly(config, drain, {
    begin(signal) {
      cluster.off('exit', endAll);
      replacements.stop();
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

/** A process that is starting hears of it when it listens: before, the signal could end it. */
function passOnHangUps(): void {
  const listening = new WeakSet<Worker>();
  cluster.on('listening', (worker) => listening.add(worker));
  process.on('SIGHUP', () => {
    for (const worker of Object.values(cluster.workers ?? {}))
      if (worker) {
        if (listening.has(worker)) worker.process.kill('SIGHUP');
        else worker.once('listening', () => worker.process.kill('SIGHUP'));
      }
  });
}

function endAll(): void {
  process.exit(1);
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
