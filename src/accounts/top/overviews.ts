import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import {
  contestedNewcomers,
  decidedNewcomers,
  firstNewcomers,
  newcomers,
  objectedNewcomers,
} from '../../admin-enrollment/cases/case-tasks.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { ipRequests } from '../../ip-restriction/requests/request-tasks.js';
import { IP_STATE, type IpState } from '../../ip-restriction/lists/ip-state.js';
import { ipSuspension } from '../../ip-restriction/lists/suspension-tasks.js';
import { ipTrial } from '../../ip-restriction/trial/trial-tasks.js';
import { say } from '../../web/sentence.js';
import type { Task, TaskSource } from '../../web/task.js';
import { lostFactors } from '../security/lost-factor-tasks.js';
import { unreadyPeople } from '../security/factor-tasks.js';
import { endingInvitations, staleAccounts } from './account-tasks.js';
import { IS_THERE_NEWS } from './administrator-news.js';
import { INVITED_TROUBLES, invitedTasks, MAIL_TROUBLES, mailTasks } from './mail-tasks.js';

/** Nobody waits for more to be counted. */
export const MOST = 1000;

/** When the only one leaves, the company needs the invoice again. */
const SINGLE_ADMINISTRATOR: Task = {
  sentence: say(
    '管理者が1名だけです。異動や休暇に備え、もう1名を管理者にすることをおすすめします。',
  ),
  act: say('管理者を追加する'),
  path: '/accounts/new',
  icon: 'user',
  isUrgent: false,
};

/** Everything that has to be counted, the most urgent first. */
const sources = {
  newcomers,
  contestedNewcomers,
  firstNewcomers,
  decidedNewcomers,
  lostFactors,
  ipTrial,
  ipSuspension,
  ipRequests,
  staleAccounts,
  ...mailTasks,
  unreadyPeople,
  ...invitedTasks,
  endingInvitations,
  objectedNewcomers,
};

type Kind = keyof typeof sources;

const kinds = Object.keys(sources) as Kind[];

/** An SQL expression: the kinds that may wait; those that have one condition are named together. */
const MAY_WAIT = [...Map.groupBy(kinds, (kind) => sources[kind].mayWait)]
  .map(([mayWait, together]) => `case when ${mayWait} then '${together.join(' ')}' end`)
  .join(', ');

/** What each TOP page needs to know, by SQL expressions about `person`. */
const figures = {
  people: `
    select count(*)::int from (
      select from accounts
      where corporation_id = person.corporation_id and state in ('active', 'suspended')
      limit ${MOST}) counted`,
  administrators: `
    select count(*)::int from (
      select from usable_administrators where corporation_id = person.corporation_id
      limit ${MOST}) counted`,
  ipState: IP_STATE,
  isAtDesk: `exists (
    select from enrollments
    where corporation_id = person.corporation_id and state = 'objected')`,
  isThereNews: IS_THERE_NEWS,
  mayWait: `concat_ws(' ', ${MAY_WAIT})`,
};

interface Figures {
  people: number;
  administrators: number;
  ipState: IpState;
  isAtDesk: boolean;
  isThereNews: boolean;
  /** Kinds of tasks. */
  mayWait: string;
}

/**
 * With "offset 0" the plan knows no company, so PostgreSQL keeps one plan for all of them. Where it
 * knows that a company is smaller than most it plans anew for each visit, which takes 2 ms.
 */
const PERSON = '(select $1::uuid as corporation_id, $2::uuid as account_id offset 0) person';

/** With "offset 0" the troubles are found once, however many kinds count them. */
const PERSON_WITH_TROUBLES = `
  (select person.*, ${MAIL_TROUBLES} as mail_troubles,
    ${INVITED_TROUBLES} as invited_troubles from ${PERSON} offset 0) person`;

const FIGURES = { name: 'overview', text: statementOf(Object.entries(figures), PERSON) };

function statementOf(expressions: [name: string, sql: string][], person: string): string {
  const columns = expressions.map(([name, sql]) => `(${sql}) as "${name}"`);
  return `select ${columns.join(', ')} from ${person}`;
}

/** Of the kinds that may wait. */
type Counts = Partial<Record<Kind, number>>;

interface Overview {
  /** The most urgent first. */
  tasks: Task[];
  /** How many there are, at most `MOST`. */
  people: number;
  administrators: number;
  /** People and invited ones whom no mail reaches. */
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
    const values = [corporationId, accountId];
    const found = await this.pool.query<Figures>({ ...FIGURES, values });
    const { people, administrators, ipState, ...row } = found.rows[0]!;
    const counts = row.mayWait ? await this.#counts(row.mayWait.split(' ') as Kind[], values) : {};
    const tasks = tasksOf(counts, isNewcomer);
    // Nobody becomes an administrator while a case is at the desk.
    if (administrators === 1 && !isNewcomer && !row.isAtDesk) tasks.push(SINGLE_ADMINISTRATOR);
    return {
      tasks,
      people,
      administrators,
      undelivered: undeliveredIn(counts),
      ipState,
      isThereNews: row.isThereNews && !isNewcomer,
    };
  }

  /** Asked apart, and only of what may wait, because that is mostly nothing and seldom more than two. */
  async #counts(waiting: Kind[], values: string[]): Promise<Counts> {
    const name = `tasks ${waiting.map((kind) => kinds.indexOf(kind)).join(' ')}`;
    const counted = waiting.map((kind): [Kind, string] => [kind, sources[kind].count]);
    const text = statementOf(counted, PERSON_WITH_TROUBLES);
    const found = await this.pool.query<Counts>({ name, text, values });
    return found.rows[0]!;
  }
}

function undeliveredIn(counts: Counts): number {
  const names = Object.keys({ ...mailTasks, ...invitedTasks }) as Kind[];
  return names.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
}

function tasksOf(counts: Counts, isNewcomer: boolean): Task[] {
  return kinds.flatMap((kind) => {
    const { [kind]: source }: Record<Kind, TaskSource> = sources;
    const count = counts[kind] ?? 0;
    const isOpen = !isNewcomer || source.isOpenToNewcomers;
    return (count > 0 && isOpen && source.task(count)) || [];
  });
}
