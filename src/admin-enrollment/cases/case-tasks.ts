import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

/** The newcomers whom this administrator can still approve of or object to. */
export const newcomers: TaskSource = {
  count: `
    select count(*)::int from enrollments e
    join witnesses w on w.enrollment_id = e.id and w.account_id = person.account_id
    where e.corporation_id = person.corporation_id and e.kind = 'succession'
      and enrollment_stage(e.kind, e.state, e.started_at, e.release_at, e.probation_ends_at)
        in ('awaiting-activation', 'held', 'probation', 'objected')`,
  task: () => ({
    sentence: say('管理者の追加登録がありました。内容をご確認ください。'),
    act: say('内容を確認する'),
    path: '/admin-enrollment/cases',
    icon: 'users',
    isUrgent: true,
  }),
};
