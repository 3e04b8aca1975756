import { say, type Sentence } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';
import type { EnrollmentKind } from '../enrollment.entity.js';
import { stageOf } from '../enrollment.schema.js';

const CASE_GOES_ON = `exists (
  select from enrollments
  where corporation_id = person.corporation_id
    and state in ('awaiting-activation', 'running', 'objected'))`;

const BY_SOMEBODY_ELSE = `exists (
  select from witnesses o where o.enrollment_id = e.id and o.id <> w.id and o.objected_at is not null)`;

function casesOf(kind: EnrollmentKind, objected: 'null' | 'not null', further = 'true'): string {
  return `
    select count(*)::int from enrollments e
    join witnesses w on w.enrollment_id = e.id and w.account_id = person.account_id
      and w.objected_at is ${objected} and ${further}
    where e.corporation_id = person.corporation_id and e.kind = '${kind}'
      and ${stageOf('e')} in ('awaiting-activation', 'held', 'probation', 'objected')`;
}

function toBeChecked(sentence: Sentence) {
  return {
    sentence,
    act: say('内容を確認する'),
    path: '/admin-enrollment/cases',
    icon: 'users',
    isUrgent: true,
  };
}

/** The newcomers whom this administrator can still approve of or object to. */
export const newcomers: TaskSource = {
  mayWait: CASE_GOES_ON,
  count: casesOf('succession', 'null', `not ${BY_SOMEBODY_ELSE}`),
  task: () => toBeChecked(say('管理者の追加登録がありました。内容をご確認ください。')),
};

/** The same, where another witness was first. */
export const contestedNewcomers: TaskSource = {
  mayWait: CASE_GOES_ON,
  count: casesOf('succession', 'null', BY_SOMEBODY_ELSE),
  task: () =>
    toBeChecked(
      say('管理者の追加登録に、ほかの方が異議を申し立てています。内容をご確認ください。'),
    ),
};

/** The same for a first registration while the desk kept this administrator out. */
export const firstNewcomers: TaskSource = {
  mayWait: CASE_GOES_ON,
  count: casesOf('initial', 'null'),
  task: () => toBeChecked(say('管理者の新規登録がありました。内容をご確認ください。')),
};

/** Those whom this administrator objected to: nothing is to be done, but to be followed. */
export const objectedNewcomers: TaskSource = {
  mayWait: CASE_GOES_ON,
  count: casesOf('succession', 'not null'),
  task: () => ({
    sentence: say('お客様が異議を申し立てた登録があります。担当窓口の判断をお待ちください。'),
    act: say('お手続きの状況を見る'),
    path: '/admin-enrollment/cases',
    icon: 'users',
    isUrgent: false,
  }),
};

const LATELY_DECIDED = `
  from enrollments
  where corporation_id = person.corporation_id and state in ('approved', 'refused')
    and decided_at > genkan_now() - interval '14 days'
    and account_id is distinct from person.account_id`;

/** Told to each administrator, witness or not: the desk may have given the company to somebody. */
export const decidedNewcomers: TaskSource = {
  mayWait: `exists (select ${LATELY_DECIDED})`,
  count: `select count(*)::int ${LATELY_DECIDED}`,
  task: () => ({
    sentence: say('管理者の登録についての担当窓口などの判断がありました。内容をご確認ください。'),
    act: say('操作の記録を見る'),
    path: '/log',
    icon: 'users',
    isUrgent: true,
  }),
};
