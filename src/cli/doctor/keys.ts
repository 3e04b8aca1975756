import type { EntityManager } from '@mikro-orm/postgresql';
import type { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import type { KeyRotation } from '../../keys/key-rotation.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('secrets');

/** The key must be the database's own, and nothing may wait for one that is not given. */
export async function keyFindings(
  rotation: KeyRotation,
  em: EntityManager,
  { keyFingerprint, previousKeyFingerprint: previous }: Config,
): Promise<Finding[]> {
  const installed = await tables(em)
    .selectFrom('secret_keys')
    .select('fingerprint')
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  const { fingerprint } = installed ?? {};
  if (fingerprint !== undefined && ![keyFingerprint, previous].includes(fingerprint))
    return [
      fail(
        `SECRET_KEY (${keyFingerprint}) is not the key of this database (${fingerprint}). Give ` +
          'that key, or, to exchange it, name it in SECRET_KEY_PREVIOUS.',
      ),
    ];
  const { transferAccounts, companies, ticketCompanies } = await rotation.waiting();
  const told = `${transferAccounts} transfer accounts of ${companies} companies`;
  return [
    ok(`SECRET_KEY is the database's own (${keyFingerprint}).`),
    ...(transferAccounts > 0
      ? [
          previous
            ? warn(`${told} wait for the next import; keep SECRET_KEY_PREVIOUS until then.`)
            : fail(`${told} were made with another key. Import the master data, or give that key.`),
        ]
      : []),
    ...(ticketCompanies > 0
      ? [warn(`${ticketCompanies} companies have emergency tickets of a former key.`)]
      : []),
    ...(previous && transferAccounts + ticketCompanies === 0
      ? [warn('nothing waits for SECRET_KEY_PREVIOUS after "genkan rotate-key": take it away.')]
      : []),
  ];
}
