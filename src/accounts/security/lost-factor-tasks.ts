import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

const LATELY = `
  from audit_entries e
  where e.corporation_id = person.corporation_id and e.act = 'lost-factor-request'
    and e.reason = 'done' and e.at > genkan_now() - interval '14 days' and e.at <= genkan_now()
    and e.account_id <> person.account_id`;

/**
 * People who cannot give their second factor any more and were told to ask an administrator, as long
 * as they have it and did not sign in since. An SQL expression about `person`.
 */
export const LOST_FACTOR_PEOPLE = `
  select distinct a.id, a.name, a.name_kana from (select e.account_id, max(e.at) as at ${LATELY}
    group by e.account_id) asked
  join accounts a on a.id = asked.account_id and a.corporation_id = person.corporation_id
    and a.state = 'active' and a.second_factor_since < asked.at
    and coalesce(a.last_sign_in_at < asked.at, true)`;

export const lostFactors: TaskSource = {
  mayWait: `exists (select ${LATELY})`,
  count: `select count(*)::int from (${LOST_FACTOR_PEOPLE}) lost`,
  task: (count) => ({
    sentence: say(
      '2段階認証の確認コードを入力できなくなった方が{count}名います。ご本人からのご依頼を確認し、2段階認証を解除してください。',
      { count },
    ),
    act: say('ご依頼を確認する'),
    path: '/security',
    icon: 'key',
    isUrgent: true,
  }),
};
