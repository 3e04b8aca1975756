import { migrate } from '../database/migrate.js';
import { done, type Told } from './told.js';
import { withDatabase } from './with-database.js';

/** `genkan migrate`: brings the database up to this version, as each start does too. */
export function bringUpToDate(environment: Record<string, string | undefined>): Promise<Told> {
  return withDatabase(environment, async ({ databaseUrl }) => {
    const names = await migrate(databaseUrl);
    return names.length === 0
      ? done('The database is up to date.')
      : done(...names.map((name) => `Migrated ${name}.`));
  });
}
