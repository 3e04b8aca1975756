import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** A list on trial ends by itself unless somebody confirms it. */
export const ipTrial: TaskSource = {
  count: `
    select count(*)::int from ip_versions v
    where v.corporation_id = person.corporation_id and v.confirmed_at is null
      and v.ended_at is null and v.trial_ends_at > genkan_now()`,
  task: () => ({
    sentence: say(
      'IPアドレス制限の新しい設定を試行しています。時間内に確定しないと、元の設定に戻ります。',
    ),
    path: '/ip-restriction/trial',
  }),
};
