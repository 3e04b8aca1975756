import type { EntityManager } from '@mikro-orm/postgresql';
import type { Jobs } from '../../jobs/jobs.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('jobs');
const OLDEST = 300;

/** Work that waits so long means that no runner works. */
export async function jobsFinding(jobs: Jobs): Promise<Finding> {
  const seconds = await jobs.age();
  if (seconds === 0) return ok('待っているものはありません。');
  return seconds < OLDEST
    ? ok('最も古いものは{seconds}秒待っています。', { seconds })
    : fail('最も古いものは{minutes}分待っています。Genkanは動いていますか。', {
        minutes: Math.round(seconds / 60),
      });
}

const LONGEST_MINUTES = 10;

/** Jobs that nobody works on any more: given up after all tries, or locked by a process that is gone. */
export async function stuckJobsFinding(em: EntityManager): Promise<Finding> {
  const [stuck] = await em.execute<{ failed: number; locked: number; example: string | null }[]>(
    `select count(*) filter (where attempts >= max_attempts)::int as failed,
            count(*) filter (where locked_at < now() - interval '${LONGEST_MINUTES} minutes')::int as locked,
            max(task_identifier || ': ' || split_part(last_error, e'\n', 1))
              filter (where attempts >= max_attempts) as example
     from graphile_worker.jobs`,
  );
  const { failed, locked, example } = stuck!;
  if (locked > 0)
    return fail(
      '{locked}件が{minutes}分を超えて実行中です。プロセスがなくなったか、応答していません。再起動してください。',
      { locked, minutes: LONGEST_MINUTES },
    );
  return failed === 0
    ? ok('すべての再試行に失敗したものはありません。')
    : warn(
        '{failed}件が、すべての再試行に失敗しました（例：{example}）。graphile_worker.jobs にあります。',
        { failed, example: example ?? '-' },
      );
}

/** A table for the next month must wait; rows without one of their own mean that it came too late. */
export async function logFinding(em: EntityManager): Promise<Finding> {
  const { ok, warn } = finder('log');
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
