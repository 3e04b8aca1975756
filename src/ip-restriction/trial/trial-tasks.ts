import { SECOND_MS } from '../../durations.js';
import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** A list on trial, which lapses unless an administrator confirms it. */
export const ipTrial: TaskSource = {
  mayWait: `exists (
    select from ip_versions
    where corporation_id = person.corporation_id and ended_at is null and confirmed_at is null)`,
  count: `
    select coalesce(extract(epoch from max(v.trial_ends_at)), 0)::float8 from ip_versions v
    where v.corporation_id = person.corporation_id and v.ended_at is null
      and ip_version_state(v.confirmed_at, v.trial_ends_at, v.ended_because) = 'on-trial'`,
  task: (end) => ({
    sentence: say(
      'IPアドレス制限の新しい設定を試行しています。{time}（日本時間）までに確定しないと、元の設定に戻ります。',
      { time: new Date(end * SECOND_MS) },
    ),
    act: say('試行のページへ'),
    path: '/ip-restriction/trial',
    icon: 'clock',
    isUrgent: true,
  }),
};
