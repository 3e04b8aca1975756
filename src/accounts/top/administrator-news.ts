import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { say, type Sentence } from '../../web/sentence.js';

interface Row {
  act: string;
  at: string;
  name: string;
  invited: string | null;
  role: 'staff' | 'administrator' | null;
  /** Of a run of invitations, on its first row. */
  count: number | null;
  administrators: number | null;
}

/**
 * The literals are those of the partial index audit_entries_news; the upper bound spares the search
 * of the months that have not begun.
 */
const newsOf = (act: string, person: { corporationId: string; accountId: string }) => `
  e.corporation_id = ${person.corporationId} and e.act ${act} and e.reason = 'done'
  and e.at > genkan_now() - interval '14 days' and e.at <= genkan_now()
  and e.account_id <> ${person.accountId}`;

/** An SQL expression about `person`, part of the one statement of the TOP page. */
export const IS_THERE_NEWS = `exists (
  select from audit_entries e
  where ${newsOf("in ('accounts-export', 'invitation', 'log-export')", {
    corporationId: 'person.corporation_id',
    accountId: 'person.account_id',
  })})`;

/**
 * Twenty of each kind, and those of administrators before others, so that many invitations push
 * neither out of sight; a run of them is one. The name of an invited person moves to the account with the acceptance.
 */
const newestOf = (act: 'accounts-export' | 'invitation' | 'log-export') => `
  (select e.act, e.at, a.name, coalesce(accepted.name, i.name) as invited, i.role,
     (e.facts ->> 'count')::int as count, (e.facts ->> 'administrators')::int as administrators
   from audit_entries e
   join accounts a on a.id = e.account_id
   left join invitations i on i.id = (e.facts ->> 'invitation')::uuid
   left join accounts accepted on accepted.id = i.account_id
   where ${newsOf(`= '${act}'`, { corporationId: '$1', accountId: '$2' })}
     and (e.facts -> 'run' is null or e.facts -> 'count' is not null)
   order by coalesce((e.facts ->> 'administrators')::int > 0, i.role = 'administrator', false) desc,
     e.at desc limit 20)`;

/** Prepared, because to plan it over the months of the log takes ten times as long as to run it. */
const NEWS = {
  name: 'administrator-news',
  text: `${newestOf('accounts-export')} union all ${newestOf('log-export')}
         union all ${newestOf('invitation')} order by at desc`,
};

/**
 * Lately exported lists and logs, and invitations, by other administrators: a stolen account shows itself to its
 * colleagues by them.
 */
@Injectable()
export class AdministratorNews {
  constructor(private readonly pool: Pool) {}

  /** @returns sentences, the newest first */
  async of({ corporationId, accountId }: SignedIn): Promise<Sentence[]> {
    const values = [corporationId, accountId];
    const found = await this.pool.query<Row>({ ...NEWS, values });
    return found.rows.map(sentenceOf);
  }
}

function sentenceOf({ act, at, name, invited, role, count, administrators }: Row): Sentence {
  const time = new Date(at);
  if (count !== null && administrators)
    return say(
      '{name} 様が{count}名（うち管理者{administrators}名）をまとめて招待しました（{time}）',
      {
        name,
        count,
        administrators,
        time,
      },
    );
  if (count !== null)
    return say('{name} 様が{count}名をまとめて招待しました（{time}）', { name, count, time });
  if (act === 'accounts-export')
    return say('{name} 様が利用者の一覧をダウンロードしました（{time}）', { name, time });
  if (act === 'log-export')
    return say('{name} 様が操作の記録をダウンロードしました（{time}）', { name, time });
  const values = { name, invited: invited ?? '', time };
  if (role === 'administrator')
    return say('{name} 様が{invited} 様を管理者として招待しました（{time}）', values);
  return say('{name} 様が{invited} 様を招待しました（{time}）', values);
}
