import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** A list on trial, which lapses unless an administrator confirms it. */
export const ipTrial: TaskSource = {
  mayWait: `exists (
    select from ip_versions
    where corporation_id = person.corporation_id and ended_at is null and confirmed_at is null)`,
  count: `
    select count(*)::int from ip_versions v
    where v.corporation_id = person.corporation_id and v.ended_at is null
      and ip_version_state(v.confirmed_at, v.trial_ends_at, v.ended_because) = 'on-trial'`,
  task: () => ({
    sentence: say(
      'IPアドレス制限の新しい設定を試行しています。時間内に確定しないと、元の設定に戻ります。',
    ),
    act: say('試行のページへ'),
    path: '/ip-restriction/trial',
    icon: 'clock',
    isUrgent: true,
  }),
};
