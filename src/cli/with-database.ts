import { readConfig, type Config } from '../config.js';
import { EmbeddedPostgres } from '../database/embedded.js';

type Environment = Record<string, string | undefined>;

/**
 * Does something with the configuration and a database that runs: the one of `DATABASE_URL`, or the
 * demo's, which is left as it was found.
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
    if (server.startedHere) await server.stop();
  }
}
