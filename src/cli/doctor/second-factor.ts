import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { FactorMinimum } from '../../auth/second-factor/duty/factor-minimum.js';
import type { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('second factor');

/** Whether the web processes go by this `SECOND_FACTOR_MINIMUM`, and how many people are not ready. */
export async function minimumFinding(
  em: EntityManager,
  minimum: FactorMinimum,
  { secondFactorMinimum: given }: Config,
): Promise<Finding> {
  const inForce = await minimum.policy();
  if (inForce !== given)
    return warn(
      'SECOND_FACTOR_MINIMUM は {given} ですが、動いているサーバーでは {inForce} です。次の起動から変わります。すべてのサーバーに同じ値を指定してください。',
      { given, inForce },
    );
  const { late, unready } = await tables(em)
    .selectFrom('second_factor_duties')
    .select([
      sql<number>`count(*)::int`.as('unready'),
      sql<number>`(count(*) filter (where due_at <= ${sqlNow}))::int`.as('late'),
    ])
    .where('state', '=', 'active')
    .where('second_factor_since', 'is', null)
    .executeTakeFirstOrThrow();
  return ok(
    'SECOND_FACTOR_MINIMUM は {given} です。2段階認証を求められて未設定の利用者は{unready}名で、うち{late}名は期限を過ぎています。',
    { given, unready, late },
  );
}
