import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** Requests of staff that wait for a decision, as `IpRequests.open` finds them. */
export const ipRequests: TaskSource = {
  mayWait: `exists (
    select from ip_requests where corporation_id = person.corporation_id and decided_at is null)`,
  count: `
    select count(*)::int from ip_requests r join accounts a on a.id = r.account_id
    where r.corporation_id = person.corporation_id and r.decided_at is null
      and r.wanted_until > genkan_now() and a.state = 'active'`,
  task: (count) => ({
    sentence: say('IPアドレスの許可の依頼が{count}件あります。', { count }),
    act: say('依頼を見る'),
    path: '/ip-restriction/requests',
    icon: 'network',
    isUrgent: true,
  }),
};
