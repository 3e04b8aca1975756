import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { createApp } from './app.js';
import { startWorkers } from './cluster.js';
import { Config, ConfigError, readConfig } from './config.js';
import { EmbeddedPostgres } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import { loadDemo } from './demo/load-demo.js';
import { Jobs } from './jobs/jobs.js';
import { welcome } from './welcome.js';

const STOP_WITHIN = 10_000;

/** Configuration, database, application, port; says in a sentence what stands in the way. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    const config = readConfig(environment);
    if (cluster.isWorker) return await serve(config, environment.GENKAN_DATABASE_URL);
    await findPort(config);
    const database = config.embedded ? new EmbeddedPostgres(config.dataDir) : undefined;
    if (database) config.databaseUrl = await database.start();
    const stopDatabase = () => database?.stop();
    await migrate(config.databaseUrl);
    if (config.webConcurrency > 1) return startWorkers(config, stopDatabase);
    await serve(config, undefined, stopDatabase);
  } catch (error) {
    for (const line of reasonsOf(error)) process.stderr.write(`${line}\n`);
    process.exit(1);
  }
}

async function serve(
  config: Config,
  databaseUrl?: string,
  afterStop?: () => Promise<void> | undefined,
): Promise<void> {
  if (databaseUrl) config.databaseUrl = databaseUrl;
  const app = await createApp(config);
  if (config.embedded && !cluster.isWorker) await loadDemo(app);
  await app.get(Jobs).start();
  await app.listen(config.port, config.host);
  stopCleanly(async () => {
    await app.close();
    await afterStop?.();
  });
  if (!cluster.isWorker) process.stdout.write(welcome(config));
}

/** Running requests end first; whoever waits longer than ten seconds for that is cut off. */
function stopCleanly(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN).unref();
      void stop().then(() => process.exit(0));
    });
}

/** Looked at before anything else is touched: a second start must not disturb the first. */
function findPort({ port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems;
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return [
      `Port ${port} is taken by another program; stop it, or choose another port with PORT=3001 npm start.`,
    ];
  if (code === 'EACCES')
    return [`Port ${port} needs more rights than this user has; choose one above 1023 with PORT.`];
  if (code === 'ECONNREFUSED') return [`The database does not answer: ${message}.`];
  return [stack ?? message];
}
