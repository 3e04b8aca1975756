import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

/** Nobody waits for more to be counted. */
const MOST = 1000;

/** People who are asked for a second factor and have none: some need a word of help. */
export const unreadyPeople: TaskSource = {
  mayWait: `exists (
    select from corporations c cross join second_factor_minimum m
    where c.id = person.corporation_id
      and coalesce(c.administrators_asked_since, c.everybody_asked_since,
                   m.administrators_asked_since, m.everybody_asked_since) is not null
      and exists (
        select from accounts a
        where a.corporation_id = c.id and a.state = 'active' and a.second_factor_since is null
          and a.id <> person.account_id))`,
  count: `
    select count(*)::int from (
      select from second_factor_duties
      where corporation_id = person.corporation_id and account_id <> person.account_id
        and state = 'active' and second_factor_since is null
      limit ${MOST}) unready`,
  task: (count) => ({
    sentence: say('2段階認証をまだ設定していない方が、ご自分を除いて{count}名います。', { count }),
    act: say('状況を確認する'),
    path: '/security',
    icon: 'shield',
    isUrgent: false,
  }),
};
