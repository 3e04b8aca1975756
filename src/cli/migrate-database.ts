import { migrate } from '../database/migrate.js';
import type { Environment } from '../read-config.js';
import { say } from '../web/sentence.js';
import { done, type CommandResult } from './command-result.js';
import { withDatabase } from './with-database.js';

/** `genkan migrate`: brings the database up to this version, as each start does too. */
export function bringUpToDate(environment: Environment): Promise<CommandResult> {
  return withDatabase(environment, async ({ databaseUrl }) => {
    const names = await migrate(databaseUrl);
    return names.length === 0
      ? done(say('データベースは最新です。'))
      : done(...names.map((name) => say('移行しました：{name}', { name })));
  });
}
