import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Pool } from 'pg';
import { AppModule } from '../app.module.js';
import type { Config } from '../config.js';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { adoptSecretKey } from '../keys/adopt-secret-key.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { refused, type CommandResult } from './command-result.js';
import { withDatabase } from './with-database.js';

/** Runs work with the application on a migrated database; it neither listens nor runs jobs. */
export function withApp(
  environment: Environment,
  work: (app: INestApplicationContext) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withDatabase(environment, async (config) => {
    if (config.embedded) await migrate(config.databaseUrl);
    const pending = await pendingOn(config.databaseUrl);
    if (pending > 0)
      return refused(
        say(
          'データベースの移行が{pending}件済んでいません。先に「genkan migrate」を実行してください。',
          { pending },
        ),
      );
    await adoptSecretKey(config);
    return inApp(config, work);
  });
}

/** The same for a database that is known to be migrated. */
export async function inApp<T>(
  config: Config,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await NestFactory.createApplicationContext(AppModule.for(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await inUnitOfWork(() => work(app));
  } finally {
    await app.close();
  }
}

async function pendingOn(connectionString: string): Promise<number> {
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: 5_000 });
  try {
    return (await pendingMigrations(pool)).length;
  } finally {
    await pool.end();
  }
}
