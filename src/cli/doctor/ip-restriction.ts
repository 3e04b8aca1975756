import type { Pool } from 'pg';
import type { Config } from '../../config.js';
import { finder, type Finding } from './finding.js';

const { ok, fail } = finder('IP restriction');

/** Checks that companies with lists of addresses meet the clients' own addresses, not a proxy's. */
export async function restrictionFinding(
  pool: Pool,
  { embedded, trustProxy }: Config,
): Promise<Finding> {
  const found = await pool.query<{ count: number }>(
    `select count(*)::int as count from corporations c join ip_versions v on v.id = ip_version_in_force(c.id)
     where c.has_ip_versions and v.restricts`,
  );
  const { count } = found.rows[0]!;
  if (count > 0 && trustProxy.length === 0 && !embedded)
    return fail(
      `${count} companies restrict their addresses, but TRUST_PROXY is not given: behind a proxy, ` +
        "all clients seem to come from it. Set TRUST_PROXY to the proxy's network.",
    );
  return ok(`${count} companies restrict their addresses.`);
}
