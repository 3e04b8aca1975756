import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { newcomers, objectedNewcomers } from '../../admin-enrollment/cases/case-tasks.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { ipRequests } from '../../ip-restriction/requests/request-tasks.js';
import { IP_STATE, type IpState } from '../../ip-restriction/lists/ip-state.js';
import { ipSuspension } from '../../ip-restriction/lists/suspension-tasks.js';
import { ipTrial } from '../../ip-restriction/trial/trial-tasks.js';
import { say } from '../../web/sentence.js';
import type { Task, TaskSource } from '../../web/task.js';
import { unreadyPeople } from '../security/factor-tasks.js';
import { IS_THERE_NEWS } from './administrator-news.js';

/** Nobody waits for more to be counted. */
export const MOST = 1000;

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
    sentence: say('管理者が追加登録されました。不要になったアカウントがないか、ご確認ください。'),
    act: say('アカウントを確認する'),
    path: '/accounts/handover',
    icon: 'users',
    isUrgent: false,
  }),
};

/**
 * When the only one leaves, the company needs the invoice again. Nobody becomes an administrator
 * while a case is at the desk.
 */
const administrators: TaskSource = {
  count: `
    select count(*)::int from (
      select from usable_administrators where corporation_id = person.corporation_id
      limit ${MOST}) counted`,
  task: (count) =>
    count === 1
      ? {
          sentence: say(
            '管理者が1名だけです。異動や休暇に備え、もう1名を管理者にすることをおすすめします。',
          ),
          act: say('管理者を追加する'),
          path: '/accounts/new',
          icon: 'user',
          isUrgent: false,
        }
      : undefined,
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
    sentence: say('メールが届かない利用者が{count}名います。メールアドレスをご確認ください。', {
      count,
    }),
    act: say('利用者を確認する'),
    path: '/accounts',
    icon: 'mail',
    isUrgent: false,
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
    sentence: say('まもなく期限が切れる招待や、メールが届いていない招待が{count}件あります。', {
      count,
    }),
    act: say('招待を確認する'),
    path: '/accounts/invitations',
    icon: 'mail',
    isUrgent: false,
  }),
};

/** Everything that can wait for an administrator, the most urgent first. */
const sources = {
  newcomers,
  ipTrial,
  ipSuspension,
  ipRequests,
  staleAccounts,
  undeliveredMail,
  unreadyPeople,
  endingInvitations,
  objectedNewcomers,
  administrators,
};

/** What the TOP page shows beside the tasks, each an SQL expression about `person`. */
const figures = {
  people: `(
    select count(*)::int from (
      select from accounts
      where corporation_id = person.corporation_id and state in ('active', 'suspended')
      limit ${MOST}) counted)`,
  ipState: IP_STATE,
  isAtDesk: `exists (
    select from enrollments
    where corporation_id = person.corporation_id and state = 'objected')`,
  isThereNews: IS_THERE_NEWS,
};

const STATEMENT = `
  select ${[
    ...Object.entries(sources).map(([name, { count }]) => `(${count}) as "${name}"`),
    ...Object.entries(figures).map(([name, expression]) => `${expression} as "${name}"`),
  ].join(', ')}
  from (select $1::uuid as corporation_id, $2::uuid as account_id) person`;

type Row = Record<keyof typeof sources, number> & {
  people: number;
  ipState: IpState;
  isAtDesk: boolean;
  isThereNews: boolean;
};

export interface Overview {
  /** The most urgent first. */
  tasks: Task[];
  /** How many there are, at most `MOST`. */
  people: number;
  administrators: number;
  /** People whom no mail reaches. */
  undelivered: number;
  ipState: IpState;
  /** Other administrators did something that is told to this one. */
  isThereNews: boolean;
}

/** How a company stands, and what waits for its administrator. */
@Injectable()
export class Overviews {
  constructor(private readonly pool: Pool) {}

  async of({ corporationId, accountId, isNewcomer }: SignedIn): Promise<Overview> {
    const found = await this.pool.query<Row>({
      name: 'overview',
      text: STATEMENT,
      values: [corporationId, accountId],
    });
    const { people, administrators, undeliveredMail: undelivered, ...row } = found.rows[0]!;
    return {
      tasks: tasksOf(found.rows[0]!, isNewcomer),
      people,
      administrators,
      undelivered,
      ipState: row.ipState,
      isThereNews: row.isThereNews && !isNewcomer,
    };
  }
}

function tasksOf(row: Row, isNewcomer: boolean): Task[] {
  return Object.entries<TaskSource>(sources).flatMap(([name, source]) => {
    const count = row[name as keyof typeof sources];
    const isOpen = !isNewcomer || source.isOpenToNewcomers;
    const isPossible = source !== administrators || !row.isAtDesk;
    return (count > 0 && isOpen && isPossible && source.task(count)) || [];
  });
}
