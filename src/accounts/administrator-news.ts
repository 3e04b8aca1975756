import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { SignedIn } from '../auth/sessions/sessions.js';
import { sqlBefore } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { say, type Sentence } from '../web/sentence.js';

const SHOWN = { days: 14 };
/** Of each kind, so that many invitations do not push an export out of sight. */
const MOST = 20;

interface Row {
  act: string;
  at: Date;
  name: string;
  invited: string | null;
  role: 'staff' | 'administrator' | null;
}

/**
 * Lately exported lists and invitations by other administrators: a stolen account shows itself to its
 * colleagues by them.
 */
@Injectable()
export class AdministratorNews {
  constructor(private readonly em: EntityManager) {}

  /** @returns sentences, the newest first; staff and newcomers on probation get none */
  async of(person: SignedIn): Promise<Sentence[]> {
    if (person.role !== 'administrator' || person.isNewcomer) return [];
    const rows = await tables(this.em)
      .selectFrom(this.#newest('accounts-export', person).as('exports'))
      .selectAll()
      .unionAll((eb) =>
        eb.selectFrom(this.#newest('invitation', person).as('invitations')).selectAll(),
      )
      .orderBy('at', 'desc')
      .execute();
    return rows.map(sentenceOf);
  }

  /** The literals are those of the partial index audit_entries_news. */
  #newest(act: 'accounts-export' | 'invitation', { corporationId, accountId }: SignedIn) {
    return tables(this.em)
      .selectFrom('audit_entries as e')
      .innerJoin('accounts as a', 'a.id', 'e.account_id')
      .leftJoin('invitations as i', (join) =>
        join.on('i.id', '=', sql<string>`(e.facts ->> 'invitation')::uuid`),
      )
      .leftJoin('accounts as accepted', 'accepted.id', 'i.account_id')
      .where('e.corporation_id', '=', corporationId)
      .where('e.act', '=', sql.lit(act))
      .where('e.reason', '=', sql.lit('done'))
      .where('e.at', '>', sqlBefore(SHOWN))
      .where('e.account_id', '<>', accountId)
      .orderBy('e.at', 'desc')
      .limit(MOST)
      .select((eb) => [
        'e.act',
        'e.at',
        'a.name',
        // The name moves to the account with the acceptance.
        eb.fn.coalesce('accepted.name', 'i.name').as('invited'),
        'i.role',
      ]);
  }
}

function sentenceOf({ act, at: time, name, invited, role }: Row): Sentence {
  if (act === 'accounts-export')
    return say('{name} 様が担当者の一覧を書き出しました（{time}）', { name, time });
  const values = { name, invited: invited ?? '', time };
  if (role === 'administrator')
    return say('{name} 様が{invited} 様を管理者として招待しました（{time}）', values);
  return say('{name} 様が{invited} 様を招待しました（{time}）', values);
}
