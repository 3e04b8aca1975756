import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Migration } from '@mikro-orm/migrations';
import { modules } from '../../root.js';

const folder = join(modules, 'database/functions');

/** The rules that live in the database, one file each; those on top are needed by others below. */
export const rules = [
  'clock',
  'usable-administrator',
  'account-state',
  'second-factor-duties',
  'account-version',
  'factor-changes',
  'former-names',
  'reserved-login-id',
  'search-fold',
  'search-keys',
  'enrollment-stage',
  'undecided-enrollments',
  'dismissed-accounts',
  'desk-case-ends',
  'first-words',
  'invitation-state',
  'ended-sessions',
  'mail-troubles',
  'mail-turns',
  'limit-counters',
  'waiting-times',
  'pending-sign-ins',
  'known-environments',
  'audit-append-only',
  'audit-partitions',
  'ip-lists',
  'ip-verdict',
];

export const textOf = (rule: string) => readFileSync(join(folder, `${rule}.sql`), 'utf8');

/**
 * Creates all functions, triggers and views anew, after the tables. The name changes with each
 * change of a rule: then this runs once more, and a version that knows an older name leaves the
 * newer rules alone. A rule that goes back to an earlier text needs another comment, because the
 * name that it had then is recorded already.
 */
export class Functions extends Migration {
  override name = `functions-${digest()}`;

  override up(): void {
    // A table whose deferred checks still wait at this moment would refuse other triggers.
    this.addSql('set constraints all immediate');
    for (const rule of rules) this.addSql(textOf(rule));
  }
}

function digest(): string {
  const hash = createHash('sha256');
  for (const rule of rules) hash.update(`${rule}\0${textOf(rule)}\0`);
  return hash.digest('hex').slice(0, 8);
}
