import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

/** Nobody waits for more to be counted. */
const MOST = 1000;

/** People who are asked for a second factor and have none: some need a word of help. */
export const unreadyPeople: TaskSource = {
  count: `
    select count(*)::int from (
      select from second_factor_duties
      where corporation_id = person.corporation_id and account_id <> person.account_id
        and state = 'active' and second_factor_since is null
      limit ${MOST}) unready`,
  task: (count) => ({
    sentence: say('2段階認証をまだ設定していない方が{count}名います。', { count }),
    act: say('状況を確認する'),
    path: '/security',
    icon: 'shield',
    isUrgent: false,
  }),
};
