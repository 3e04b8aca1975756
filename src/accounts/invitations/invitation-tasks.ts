import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

/** Invitations that run out within two days, or whose mail did not arrive. */
export const endingInvitations: TaskSource = {
  count: `
    select count(*)::int from invitations i left join mail_deliveries m on m.id = i.delivery_id
    where i.corporation_id = person.corporation_id
      and i.used_at is null and i.replaced_at is null and i.cancelled_at is null
      and i.ends_at > genkan_now()
      and (i.ends_at < genkan_now() + interval '2 days' or m.state = 'bounced')`,
  task: (count) => ({
    sentence: say('まもなく期限が切れるか、メールが届いていない招待が{count}件あります。', {
      count,
    }),
    path: '/accounts/invitations',
  }),
};
