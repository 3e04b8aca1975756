import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { newcomers } from '../admin-enrollment/cases/case-tasks.js';
import type { SignedIn } from '../auth/sessions.js';
import { ipRequests } from '../ip-restriction/requests/request-tasks.js';
import { ipTrial } from '../ip-restriction/trial/trial-tasks.js';
import { staleAccounts } from './handover/handover-tasks.js';
import { endingInvitations } from './invitations/invitation-tasks.js';
import { onlyAdministrator, undeliveredMail } from './people-tasks.js';
import type { Task, TaskSource } from '../web/task.js';

/** Everything that can wait for an administrator, the most urgent first; one line a source. */
const sources: TaskSource[] = [
  newcomers,
  ipTrial,
  ipRequests,
  staleAccounts,
  undeliveredMail,
  endingInvitations,
  onlyAdministrator,
];

const STATEMENT = `
  select ${sources.map(({ count }, place) => `(${count}) as "${place}"`).join(', ')}
  from (select $1::uuid as corporation_id, $2::uuid as account_id) person`;

/** ご確認ください: what waits for an administrator. */
@Injectable()
export class OpenTasks {
  constructor(private readonly pool: Pool) {}

  /** Staff have none, and nothing is asked for them. */
  async of({ corporationId, accountId, role, isNewcomer }: SignedIn): Promise<Task[]> {
    if (role !== 'administrator') return [];
    const found = await this.pool.query<Record<string, number>>({
      name: 'open-tasks',
      text: STATEMENT,
      values: [corporationId, accountId],
    });
    const counts = found.rows[0]!;
    return sources.flatMap((source, place) => {
      const count = counts[place]!;
      const isOpen = !isNewcomer || source.isOpenToNewcomers;
      return count > 0 && isOpen ? [source.task(count)] : [];
    });
  }
}
