import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** The desk suspends the restriction: whatever locked people out is in the list until then. */
export const ipSuspension: TaskSource = {
  mayWait: `exists (
    select from ip_suspensions
    where corporation_id = person.corporation_id and lifted_at is null and ends_at > genkan_now())`,
  count: '(ip_suspension_end(person.corporation_id) is not null)::int',
  task: () => ({
    sentence: say(
      'IPアドレス制限の一時停止が終わる前に、登録されているIPアドレスをご確認ください。',
    ),
    act: say('登録内容を確認する'),
    path: '/ip-restriction',
    icon: 'network',
    isUrgent: true,
  }),
};
