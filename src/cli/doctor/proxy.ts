import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('proxy');

/** The addresses of clients can be believed only behind a trusted proxy. */
export function proxyFinding({ embedded, publicUrl, trustProxy }: Config): Finding {
  if (trustProxy.some((network) => /\/0+$/.test(network)))
    return fail(
      'TRUST_PROXY がすべてのアドレスを信頼しているため、接続元を偽れます。プロキシのネットワークを指定してください。',
    );
  const proxies = trustProxy.join(', ');
  if (proxies)
    return ok('{publicUrl} は、接続元を伝える {proxies} の後ろにあります。', {
      publicUrl,
      proxies,
    });
  if (embedded) return ok('{publicUrl} はプロキシなしです。', { publicUrl });
  return warn(
    '{publicUrl} にはTLSのためのプロキシが必要ですが、TRUST_PROXY がありません。すべての接続がプロキシから来たように見え、同じ制限を共有します。TRUST_PROXY にプロキシのネットワークを指定してください。',
    { publicUrl },
  );
}

/** Checks that companies with lists of addresses meet the clients' own addresses, not a proxy's. */
export async function restrictionFinding(
  em: EntityManager,
  { embedded, trustProxy }: Config,
): Promise<Finding> {
  const { ok, fail } = finder('IP restriction');
  const { count } = await tables(em)
    .selectFrom('corporations as c')
    .innerJoin('ip_versions as v', (join) => join.on('v.id', '=', sql`ip_version_in_force(c.id)`))
    .where('c.has_ip_versions', '=', true)
    .where('v.restricts', '=', true)
    .select((is) => is.cast<number>(is.fn.countAll(), 'integer').as('count'))
    .executeTakeFirstOrThrow();
  if (count > 0 && trustProxy.length === 0 && !embedded)
    return fail(
      '{count}法人がIPアドレスを制限していますが、TRUST_PROXY がありません。プロキシの後ろでは、すべての接続がプロキシから来たように見えます。TRUST_PROXY にプロキシのネットワークを指定してください。',
      { count },
    );
  return ok('{count}法人がIPアドレスを制限しています。', { count });
}
