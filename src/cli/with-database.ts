import type { Config } from '../config.js';
import { readConfig, type Environment } from '../read-config.js';
import { EmbeddedPostgres } from '../database/embedded.js';

/**
 * Runs work with the configuration and a running database: the one of `DATABASE_URL`, or the demo's,
 * which is stopped again if it was started here.
 * @throws ConfigError with one line for each wrong variable
 */
export async function withDatabase<T>(
  environment: Environment,
  work: (config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment);
  if (!config.embedded) return work(config);
  const server = new EmbeddedPostgres(config.dataDir);
  config.databaseUrl = await server.start();
  try {
    return await work(config);
  } finally {
    if (server.startedHere && (await server.isFree(config))) await server.stop();
  }
}
