import type { MailTrouble } from '../../mail/mail-advice.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { TaskSource } from '../../web/task.js';
import { OPEN_INVITATIONS, UNDELIVERED_INVITATION } from './account-tasks.js';

const MOST_PEOPLE = 200;

const UNDELIVERED = `
  from mail_deliveries d
  where d.corporation_id = person.corporation_id
    and d.state in ('bounced', 'suppressed') and d.settled_at is null`;

/**
 * An SQL expression about `person`: what keeps mail from each of the people whom none reaches, as
 * mail-troubles.sql decides. It is found out once for all kinds of tasks.
 */
export const MAIL_TROUBLES = `array(
  select mail_advice(a.email) from (
    select distinct a.id, a.email from accounts a
    where a.corporation_id = person.corporation_id and a.state in ('active', 'suspended')
      and a.id in (select d.account_id ${UNDELIVERED} and d.recipient = a.email)
    limit ${MOST_PEOPLE}) a)`;

/** The same of those who are invited. */
export const INVITED_TROUBLES = `array(
  select coalesce(mail_advice(i.email), 'other') from (
    select i.email ${OPEN_INVITATIONS} and ${UNDELIVERED_INVITATION} limit ${MOST_PEOPLE}) i)`;

const invitedTroubled = (trouble: MailTrouble, sentence: Sentence): TaskSource => ({
  mayWait: `exists (select ${OPEN_INVITATIONS} and ${UNDELIVERED_INVITATION})`,
  count: `cardinality(array_positions(person.invited_troubles, '${trouble}'))`,
  task: (count) => ({
    sentence: { ...sentence, values: { count } },
    act: say('招待を確認する'),
    path: '/accounts/invitations',
    icon: 'mail',
    isUrgent: false,
  }),
});

export const invitedTasks = {
  invitedUnknown: invitedTroubled(
    'unknown',
    say(
      '宛先が見つからず、招待のメールが届いていない方が{count}名います。招待を取り消し、正しいメールアドレスで招待し直してください。',
    ),
  ),
  invitedAtCarrier: invitedTroubled(
    'carrier',
    say(
      '携帯電話会社のアドレスに招待のメールが届いていない方が{count}名います。ご本人に「ドメイン指定受信」などの設定の確認をご依頼のうえ、再送してください。',
    ),
  ),
  invitedBehindGateway: invitedTroubled(
    'gateway',
    say(
      '迷惑メール対策などで、招待のメールの受信を拒否された方が{count}名います。貴社のメールのご担当者に許可をご依頼のうえ、再送してください。',
    ),
  ),
  invitedAndFull: invitedTroubled(
    'full',
    say(
      'メールボックスがいっぱいで、招待のメールが届いていない方が{count}名います。ご本人に不要なメールの削除をご依頼のうえ、再送してください。',
    ),
  ),
  invitedOthers: invitedTroubled(
    'other',
    say(
      '招待のメールが届いていない方が{count}名います。メールアドレスをご確認のうえ、再送してください。',
    ),
  ),
};

/** People without mail cannot recover ID or password. */
const troubled = (trouble: MailTrouble, sentence: Sentence): TaskSource => ({
  mayWait: `exists (select ${UNDELIVERED})`,
  count: `cardinality(array_positions(person.mail_troubles, '${trouble}'))`,
  task: (count) => ({
    sentence: { ...sentence, values: { count } },
    act: say('利用者を確認する'),
    path: '/accounts',
    icon: 'mail',
    isUrgent: false,
  }),
});

export const mailTasks = {
  mailToUnknown: troubled(
    'unknown',
    say(
      '宛先が見つからず、メールが届かない利用者が{count}名います。正しいメールアドレスに変更してください。',
    ),
  ),
  mailToCarrier: troubled(
    'carrier',
    say(
      '携帯電話会社のアドレスにメールが届かない利用者が{count}名います。ご本人に「ドメイン指定受信」などの設定の確認をご依頼ください。',
    ),
  ),
  mailToGateway: troubled(
    'gateway',
    say(
      '迷惑メール対策などで、メールの受信を拒否されている利用者が{count}名います。貴社のメールのご担当者に、許可をご依頼ください。',
    ),
  ),
  mailToFull: troubled(
    'full',
    say(
      'メールボックスがいっぱいで、メールが届かない利用者が{count}名います。ご本人に、不要なメールの削除をご依頼ください。',
    ),
  ),
  mailToOthers: troubled(
    'other',
    say('メールが届かない利用者が{count}名います。メールアドレスをご確認ください。'),
  ),
};
