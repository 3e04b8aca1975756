import type { EntityManager } from '@mikro-orm/postgresql';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('log');

/** A table for the next month must wait; rows without one of their own mean that it came too late. */
export async function logFinding(em: EntityManager): Promise<Finding> {
  const [found] = await em.execute<{ until: string; isReady: boolean; months: number }[]>(
    `select to_char(max(ends_at) at time zone 'UTC', 'YYYY-MM-DD') as until,
            max(ends_at) > genkan_now() + interval '1 month' as "isReady",
            count(ends_at)::int as months
     from audit_partitions`,
  );
  const { until, isReady, months } = found!;
  return isReady
    ? ok('{months}か月分の表が、{until}まであります。', { months, until })
    : warn(
        '来月の表がありません（{until}まで）。記録は失われません。ジョブ make-log-months が動かない理由を調べてください。「select create_audit_partitions(3)」の実行でも作れます。',
        { until },
      );
}
