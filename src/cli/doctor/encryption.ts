import { Client } from 'pg';
import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('database');
/** A socket has a path for its host. */
const ON_THIS_MACHINE = /^(?:|\/.*|localhost|127\..*|::1)$/;

/** What goes to another machine is encrypted, and to that machine alone. */
export function encryptionFindings({ databaseUrl }: Config): Finding[] {
  // As the driver reads the URL, and the environment beside it.
  const { host, ssl } = new Client({ connectionString: databaseUrl }) as Client & { ssl: unknown };
  if (ON_THIS_MACHINE.test(host)) return [];
  if (verifies(ssl)) return [ok('{host} へは、証明書を確かめたTLSで接続します。', { host })];
  return [
    warn(
      '{host} への接続は、TLSで保護されていないか、証明書を確かめていません。DATABASE_URL に sslmode=verify-full を付けてください。',
      { host },
    ),
  ];
}

function verifies(ssl: unknown): boolean {
  if (typeof ssl !== 'object' || ssl === null) return ssl === true;
  return (ssl as { rejectUnauthorized?: boolean }).rejectUnauthorized !== false;
}
