import type { TaskSource } from '../../web/task.js';
import { say } from '../../web/sentence.js';

const SUCCESSION_GOES_ON = `exists (
  select from enrollments
  where corporation_id = person.corporation_id and kind = 'succession'
    and state in ('awaiting-activation', 'running', 'objected'))`;

/** The newcomers whom this administrator can still approve of or object to. */
export const newcomers: TaskSource = {
  mayWait: SUCCESSION_GOES_ON,
  count: `
    select count(*)::int from enrollments e
    join witnesses w on w.enrollment_id = e.id and w.account_id = person.account_id
      and w.objected_at is null
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

/** Those whom this administrator objected to: nothing is to be done, but to be followed. */
export const objectedNewcomers: TaskSource = {
  mayWait: SUCCESSION_GOES_ON,
  count: `
    select count(*)::int from enrollments e
    join witnesses w on w.enrollment_id = e.id and w.account_id = person.account_id
      and w.objected_at is not null
    where e.corporation_id = person.corporation_id and e.kind = 'succession'
      and enrollment_stage(e.kind, e.state, e.started_at, e.release_at, e.probation_ends_at)
        in ('awaiting-activation', 'held', 'probation', 'objected')`,
  task: () => ({
    sentence: say('お客様が異議を申し立てた登録があります。担当窓口の判断をお待ちください。'),
    act: say('お手続きの状況を見る'),
    path: '/admin-enrollment/cases',
    icon: 'users',
    isUrgent: false,
  }),
};
