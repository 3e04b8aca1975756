import { say } from '../web/sentence.js';
import type { TaskSource } from '../web/task.js';

/**
 * When this one leaves, the company needs the invoice again. Nobody becomes an administrator while a
 * case is at the desk.
 */
export const onlyAdministrator: TaskSource = {
  count: `
    select (count(*) = 1)::int from (
      select from usable_administrators where corporation_id = person.corporation_id
        and not exists (select from enrollments e where e.corporation_id = person.corporation_id
                          and e.state = 'objected')
      limit 2) two`,
  task: () => ({
    sentence: say('管理者がお一人だけです。異動や休暇に備えて、もうお一人の追加をおすすめします。'),
    path: '/accounts/new',
  }),
};

/** People without mail cannot recover ID or password. A mail that arrived later is the all-clear. */
export const undeliveredMail: TaskSource = {
  count: `
    select count(distinct a.id)::int from mail_deliveries d
    join accounts a on a.id = d.account_id and a.corporation_id = person.corporation_id
      and a.state in ('active', 'suspended') and a.email = d.recipient
    where d.corporation_id = person.corporation_id and d.state = 'bounced'
      and not exists (select from mail_deliveries later
                      where later.account_id = a.id and later.recipient = a.email
                        and later.state = 'handed-over' and later.created_at > d.created_at)`,
  task: (count) => ({
    sentence: say('メールが届かない担当者が{count}名います。メールアドレスをご確認ください。', {
      count,
    }),
    path: '/accounts',
  }),
};
