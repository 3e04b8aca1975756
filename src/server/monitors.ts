import cluster from 'node:cluster';
import type { INestApplication } from '@nestjs/common';
import { Pool } from 'pg';
import { collectDefaultMetrics, register } from 'prom-client';
import type { Config } from '../config.js';
import { DatabaseProbe } from '../health/database-probe.js';
import type { Drain } from '../health/drain.js';
import { Health } from '../health/health.js';
import { openMetricsPort } from '../metrics/metrics-port.js';
import { watchPool } from '../metrics/pool-figures.js';
import { StoredFigures } from '../metrics/stored-figures.js';
import { tellFigures, WorkerFigures } from '../metrics/worker-figures.js';
import { createLog } from './logging.js';

/** What monitors read about a web process: on its own port, or, of several, on that of the first. */
export async function monitorApp(config: Config, app: INestApplication): Promise<void> {
  if (config.metricsPort === undefined) return;
  collectDefaultMetrics();
  watchPool(app.get(Pool));
  if (cluster.isWorker) return tellFigures();
  await open(config, app.get(Health), app.get(DatabaseProbe), () => register.metrics());
}

/** What they read about several together, in the first process. */
export async function monitorWorkers(config: Config, drain: Drain): Promise<void> {
  const probe = new DatabaseProbe(config.databaseUrl);
  const workers = new WorkerFigures();
  await open(config, new Health(probe, drain), probe, () => workers.read());
}

async function open(
  config: Config,
  health: Health,
  probe: DatabaseProbe,
  read: () => Promise<string>,
): Promise<void> {
  const stored = new StoredFigures(probe);
  const figures = async () => {
    await stored.refresh();
    return read();
  };
  await openMetricsPort(config, { health, figures, log: createLog(config) });
}
