import { say } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';

const UNREVIEWED = `exists (
  select from enrollments e
  where e.corporation_id = person.corporation_id and e.kind = 'succession'
    and e.account_id is not null and e.state in ('running', 'completed', 'approved')
    and coalesce(e.release_at <= genkan_now(), true)
    and not exists (
      select from people_reviews r
      where r.corporation_id = e.corporation_id
        and r.reviewed_at >= coalesce(e.activated_at, e.created_at)))`;

/** 登録完了後に不要のアカウントは必ず削除して下さい: after a succession, until somebody looked. */
export const staleAccounts: TaskSource = {
  mayWait: UNREVIEWED,
  count: `(${UNREVIEWED})::int`,
  isOpenToNewcomers: true,
  task: () => ({
    sentence: say('管理者が追加登録されました。不要になったアカウントがないか、ご確認ください。'),
    act: say('アカウントを確認する'),
    path: '/accounts/handover',
    icon: 'users',
    isUrgent: false,
  }),
};

export const OPEN_INVITATIONS = `
  from invitations i
  where i.corporation_id = person.corporation_id
    and i.used_at is null and i.replaced_at is null and i.cancelled_at is null
    and i.ends_at > genkan_now()`;

export const UNDELIVERED_INVITATION = `exists (
  select from mail_deliveries m where m.id = i.delivery_id and m.state in ('bounced', 'suppressed'))`;

const ENDING = `${OPEN_INVITATIONS}
  and i.ends_at < genkan_now() + interval '2 days' and not ${UNDELIVERED_INVITATION}`;

/** Those that run out within two days. */
export const endingInvitations: TaskSource = {
  mayWait: `exists (select ${ENDING})`,
  count: `select count(*)::int ${ENDING}`,
  task: (count) => ({
    sentence: say('まもなく期限が切れる招待が{count}件あります。', { count }),
    act: say('招待を確認する'),
    path: '/accounts/invitations',
    icon: 'mail',
    isUrgent: false,
  }),
};
