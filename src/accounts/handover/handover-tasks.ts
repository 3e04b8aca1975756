import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

/** 登録完了後に不要のアカウントは必ず削除して下さい: after a succession, until somebody looked. */
export const staleAccounts: TaskSource = {
  count: `
    select count(*)::int from (
      select from enrollments e left join people_reviews r using (corporation_id)
      where e.corporation_id = person.corporation_id and e.kind = 'succession'
        and e.account_id is not null and e.state in ('running', 'completed', 'approved')
        and coalesce(e.release_at <= genkan_now(), true)
        and (r.reviewed_at is null or r.reviewed_at < coalesce(e.activated_at, e.created_at))
      limit 1) latest`,
  isOpenToNewcomers: true,
  task: () => ({
    sentence: say(
      '管理担当者の追加登録がありました。不要になったアカウントがないか、ご確認ください。',
    ),
    path: '/accounts/handover',
  }),
};
