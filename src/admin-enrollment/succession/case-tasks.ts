import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** The newcomers whom this administrator can still approve of or object to. */
export const newcomers: TaskSource = {
  count: `
    select count(*)::int from enrollments e join enrollment_stages s on s.id = e.id
    where e.corporation_id = person.corporation_id and e.kind = 'succession'
      and s.stage in ('awaiting-activation', 'held', 'probation', 'objected')
      and is_witness(e.id, person.account_id)`,
  task: () => ({
    sentence: say('管理者の追加登録がありました。内容をご確認ください。'),
    path: '/admin-enrollment/cases',
  }),
};
