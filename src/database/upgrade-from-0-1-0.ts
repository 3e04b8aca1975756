import type { EntityManager } from '@mikro-orm/postgresql';

const FIRST_MIGRATION = '001-clock';
const LAST_MIGRATION = '023-ip-ends';

/** These make the tables that 0.1.0 made in 22 steps. */
const FOLDED_MIGRATIONS = [
  '001-companies-and-people',
  '002-sign-in',
  '003-mails-and-log',
  '004-cases-and-invitations',
  '005-ip-restriction',
];

/** The database is one that this version cannot bring up to date; the message says what to do. */
export class UpgradeRefused extends Error {}

/** The migrations that count as done where these names are recorded. */
export function doneMigrations(recorded: string[]): string[] {
  return recorded.includes(LAST_MIGRATION) ? [...recorded, ...FOLDED_MIGRATIONS] : recorded;
}

/**
 * Records the folded migrations instead of those of 0.1.0, in the caller's transaction.
 * @throws UpgradeRefused when the database never got as far as 0.1.0
 */
export async function foldMigrations(em: EntityManager, recorded: string[]): Promise<void> {
  if (!recorded.includes(FIRST_MIGRATION)) return;
  if (!recorded.includes(LAST_MIGRATION))
    throw new UpgradeRefused(
      `This database is older than 0.1.0: it stopped at ${recorded.at(-1)}. Start Genkan 0.1.0 on it once, then this version.`,
    );
  await em.execute('delete from genkan_migrations');
  for (const name of FOLDED_MIGRATIONS)
    await em.execute('insert into genkan_migrations (name) values (?)', [name]);
}
