import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { say, type Sentence } from '../web/sentence.js';

interface Row {
  act: string;
  at: string;
  name: string;
  invited: string | null;
  role: 'staff' | 'administrator' | null;
}

/**
 * Twenty of each kind, so that many invitations do not push an export out of sight. The literals are
 * those of the partial index audit_entries_news; the name of an invited person moves to the account
 * with the acceptance.
 */
const newestOf = (act: 'accounts-export' | 'invitation') => `
  (select e.act, e.at, a.name, coalesce(accepted.name, i.name) as invited, i.role
   from audit_entries e
   join accounts a on a.id = e.account_id
   left join invitations i on i.id = (e.facts ->> 'invitation')::uuid
   left join accounts accepted on accepted.id = i.account_id
   where e.corporation_id = $1 and e.act = '${act}' and e.reason = 'done'
     and e.at > genkan_now() - interval '14 days' and e.account_id <> $2
   order by e.at desc limit 20)`;

/** Prepared, because to plan it over the months of the log takes ten times as long as to run it. */
const NEWS = {
  name: 'administrator-news',
  text: `${newestOf('accounts-export')} union all ${newestOf('invitation')} order by at desc`,
};

/**
 * Lately exported lists and invitations by other administrators: a stolen account shows itself to its
 * colleagues by them.
 */
@Injectable()
export class AdministratorNews {
  constructor(private readonly pool: Pool) {}

  /** @returns sentences, the newest first; staff and newcomers on probation get none */
  async of({ corporationId, accountId, role, isNewcomer }: SignedIn): Promise<Sentence[]> {
    if (role !== 'administrator' || isNewcomer) return [];
    const values = [corporationId, accountId];
    const found = await this.pool.query<Row>({ ...NEWS, values });
    return found.rows.map(sentenceOf);
  }
}

function sentenceOf({ act, at, name, invited, role }: Row): Sentence {
  const time = new Date(at);
  if (act === 'accounts-export')
    return say('{name} 様が担当者の一覧を書き出しました（{time}）', { name, time });
  const values = { name, invited: invited ?? '', time };
  if (role === 'administrator')
    return say('{name} 様が{invited} 様を管理者として招待しました（{time}）', values);
  return say('{name} 様が{invited} 様を招待しました（{time}）', values);
}
