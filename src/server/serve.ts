import cluster from 'node:cluster';
import { Logger } from 'nestjs-pino';
import type { Config } from '../config.js';
import { waitForDatabase } from '../database/wait-for-database.js';
import { DemoData } from '../demo/demo-data.js';
import { Drain } from '../health/drain.js';
import { Jobs } from '../jobs/jobs.js';
import { BouncePort } from '../mail/bounces/bounce-port.js';
import { MailLanes } from '../mail/mail-lanes.js';
import { createApp } from './app.js';
import { listen } from './doors.js';
import { monitorApp } from './monitors.js';
import { stopCleanly } from './stop-cleanly.js';
import { endUnusedConnections } from './unused-connections.js';
import { announce } from './welcome.js';

/** @param databaseUrl of a worker, whose primary has found and migrated the database */
export async function serve(
  config: Config,
  databaseUrl?: string,
  afterStop?: () => Promise<void> | undefined,
): Promise<void> {
  if (databaseUrl) {
    config.databaseUrl = databaseUrl;
    await waitForDatabase(config);
  }
  const app = await createApp(config);
  if (config.embedded) await app.get(DemoData).load();
  await app.get(Jobs).start();
  app.get(MailLanes).start();
  await app.get(BouncePort).open();
  await monitorApp(config, app);
  await listen(app.getHttpServer(), config.port, config.host);
  stopCleanly(config, app.get(Drain), {
    async stop() {
      endUnusedConnections(app.getHttpServer());
      await app.close();
      await afterStop?.();
    },
  });
  if (!cluster.isWorker) announce(config);
  app.get(Logger).log(`serves ${config.publicUrl}`);
}
