import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { newcomers } from '../admin-enrollment/cases/case-tasks.js';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { ipSuspension } from '../ip-restriction/lists/suspension-tasks.js';
import { ipRequests } from '../ip-restriction/requests/request-tasks.js';
import { ipTrial } from '../ip-restriction/trial/trial-tasks.js';
import { say } from '../web/sentence.js';
import type { Task, TaskSource } from '../web/task.js';
import { IS_THERE_NEWS } from './administrator-news.js';

/** 登録完了後に不要のアカウントは必ず削除して下さい: after a succession, until somebody looked. */
const staleAccounts: TaskSource = {
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

/**
 * When this one leaves, the company needs the invoice again. Nobody becomes an administrator while a
 * case is at the desk.
 */
const onlyAdministrator: TaskSource = {
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
const undeliveredMail: TaskSource = {
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

/** Invitations that run out within two days, or whose mail did not arrive. */
const endingInvitations: TaskSource = {
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

/** Everything that can wait for an administrator, the most urgent first; one line a source. */
const sources: TaskSource[] = [
  newcomers,
  ipTrial,
  ipSuspension,
  ipRequests,
  staleAccounts,
  undeliveredMail,
  endingInvitations,
  onlyAdministrator,
];

const STATEMENT = `
  select ${sources.map(({ count }, place) => `(${count}) as "${place}"`).join(', ')},
    ${IS_THERE_NEWS} as "isThereNews"
  from (select $1::uuid as corporation_id, $2::uuid as account_id) person`;

type Row = { isThereNews: boolean } & Record<number, number>;

export interface WaitingTasks {
  /** The most urgent first. */
  tasks: Task[];
  /** Other administrators did something that is told to this one. */
  isThereNews: boolean;
}

/** ご確認ください: what waits for an administrator. */
@Injectable()
export class OpenTasks {
  constructor(private readonly pool: Pool) {}

  /** Staff have none, and nothing is asked for them. */
  async of({ corporationId, accountId, role, isNewcomer }: SignedIn): Promise<WaitingTasks> {
    if (role !== 'administrator') return { tasks: [], isThereNews: false };
    const found = await this.pool.query<Row>({
      name: 'open-tasks',
      text: STATEMENT,
      values: [corporationId, accountId],
    });
    const { isThereNews, ...counts } = found.rows[0]!;
    const tasks = sources.flatMap((source, place) => {
      const count = counts[place]!;
      const isOpen = !isNewcomer || source.isOpenToNewcomers;
      return count > 0 && isOpen ? [source.task(count)] : [];
    });
    return { tasks, isThereNews: isThereNews && !isNewcomer };
  }
}
