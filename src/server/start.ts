import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { beginDemoLog } from './demo-log.js';
import { startWorkers } from './cluster.js';
import { Config } from '../config.js';
import { readConfig } from '../read-config.js';
import { EmbeddedPostgres } from '../database/embedded.js';
import { migrate } from '../database/migrate.js';
import { waitForDatabase } from '../database/wait-for-database.js';
import { adoptSecretKey } from '../keys/adopt-secret-key.js';
import { PortRefused } from './port-refused.js';
import { reportFailedStart } from './failed-start.js';
import { createLog } from './logging.js';

/** Configuration, database, application, port; an obstacle is told in a sentence. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  let database: EmbeddedPostgres | undefined;
  let config: Config | undefined;
  try {
    config = readConfig(environment);
    if (cluster.isWorker) return await serve(config, environment.GENKAN_DATABASE_URL);
    await findPorts(config);
    database = config.embedded ? new EmbeddedPostgres(config.dataDir) : undefined;
    if (database) await startEmbedded(database, config);
    else await waitForDatabase(config);
    const stopDatabase = () => database?.stop();
    await migrate(config.databaseUrl);
    await adoptSecretKey(config);
    if (config.webConcurrency > 1) return await startWorkers(config, stopDatabase);
    await serve(config, undefined, stopDatabase);
  } catch (error) {
    const explained = database ? await database.explain(error) : error;
    reportFailedStart(explained, config && createLog(config));
    process.exit(1);
  }
}

async function startEmbedded(server: EmbeddedPostgres, config: Config): Promise<void> {
  config.databaseUrl = await server.start('genkan', config.startWaitSeconds);
  await server.hold(config);
  beginDemoLog(config);
}

/** The process above several workers serves no page, and loads none. */
async function serve(...given: Parameters<typeof import('./serve.js').serve>): Promise<void> {
  const serving = await import('./serve.js');
  await serving.serve(...given);
}

/** Checked before anything else, so that a second start does not disturb the first. */
async function findPorts(config: Config): Promise<void> {
  await findPort('PORT', config.port, config.host);
  if (config.metricsPort !== undefined)
    await findPort('METRICS_PORT', config.metricsPort, config.metricsHost);
  if (config.bounceLmtpPort !== undefined)
    await findPort('BOUNCE_LMTP_PORT', config.bounceLmtpPort, config.bounceLmtpHost);
}

function findPort(variable: string, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (fault) => reject(new PortRefused(variable, port, fault)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
