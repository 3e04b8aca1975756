import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import {
  invitationState,
  replacedAnother,
  type InvitationState,
} from '../../accounts/invitations/invitation.entity.js';
import { tables } from '../../database/tables.js';
import { MailAdvices } from '../../mail/mail-advice.js';
import { invitedView } from './invited-advice.js';

/** Of the invitation `i`; several people may share a mailbox. */
const isSamePerson = (other: 'o' | 'a') => {
  const of = sql.raw(other);
  return sql`(${of}.corporation_id = i.corporation_id and ${of}.email_key = i.email_key
              and search_fold(${of}.name) = search_fold(i.name))`;
};
const newer = sql`invitations o where ${isSamePerson('o')} and o.created_at > i.created_at
                  and o.used_at is null and o.replaced_at is null`;
const account = sql`accounts a where ${isSamePerson('a')} and a.state in ('active', 'suspended')`;

/**
 * The last one to somebody who accepted none; it may be cancelled, or its time over. A cancelled one
 * counts no more where the same person was invited again, or is registered.
 */
export const isLastInvitation = sql`(i.used_at is null and i.replaced_at is null and (
  i.cancelled_at is null
  or not exists (select from ${newer}) and not exists (select from ${account})))`;

const SHOWN_OF_COMPANY = 10;

/** Whom companies invited and who did not accept yet, with what to say when one of them calls. */
@Injectable()
export class InvitedPeople {
  constructor(
    private readonly em: EntityManager,
    private readonly advices: MailAdvices,
  ) {}

  /** In the order of the ids. */
  async of(ids: string[]) {
    if (ids.length === 0) return [];
    const state = sql<InvitationState>`${sql.raw(invitationState('i'))}`;
    const found = await tables(this.em)
      .selectFrom('invitations as i')
      .innerJoin('corporations as c', 'c.id', 'i.corporation_id')
      .leftJoin('mail_deliveries as d', 'd.id', 'i.delivery_id')
      .where('i.id', 'in', ids)
      .where('i.used_at', 'is', null)
      .select(['i.id', 'i.name', 'i.name_kana as nameKana', 'i.email', 'i.ends_at as endsAt'])
      .select(['c.id as corporationId', 'c.name as corporationName', 'c.state as corporationState'])
      .select(['i.created_at as createdAt', 'i.cancelled_at as cancelledAt'])
      .select(['i.replaced_at as replacedAt', 'd.state as deliveryState', state.as('state')])
      .select(sql<boolean>`${sql.raw(replacedAnother('i'))}`.as('replacedAnother'))
      .execute();
    const ordered = found.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
    const views: ReturnType<typeof invitedView>[] = [];
    for (const { deliveryState, ...each } of ordered) {
      // The last mail was taken, whatever became of those before.
      const hasArrived = deliveryState === 'handed-over';
      views.push(invitedView(each, hasArrived ? null : await this.advices.of(each.email)));
    }
    return views;
  }

  /** Where the links of these lead by now: to whom they invited, or to the newest invitation. */
  async behind(ids: string[]): Promise<{ people: string[]; invitations: string[] }> {
    if (ids.length === 0) return { people: [], invitations: [] };
    const { rows } = await sql<{ person: string | null; invitation: string }>`
      select coalesce(i.account_id, case when i.used_at is null
                                    then (select a.id from ${account} limit 1) end) as person,
             coalesce((select o.id from ${newer} and coalesce(i.cancelled_at, o.cancelled_at) is not null
                       order by o.created_at desc limit 1), i.id) as invitation
      from invitations i where i.id = any(${ids}::uuid[])`.execute(tables(this.em));
    return {
      people: rows.flatMap(({ person }) => person ?? []),
      invitations: rows.flatMap(({ person, invitation }) => (person ? [] : invitation)),
    };
  }

  /** Open ones first, the newest of them first. */
  async ofCorporation(corporationId: string) {
    const { rows } = await sql<{ id: string }>`
      select i.id from invitations i
      where i.corporation_id = ${corporationId} and ${isLastInvitation}
      order by i.cancelled_at is not null, i.created_at desc, i.id limit ${SHOWN_OF_COMPANY + 1}`.execute(
      tables(this.em),
    );
    const people = await this.of(rows.slice(0, SHOWN_OF_COMPANY).map(({ id }) => id));
    return { rows: people, isMore: rows.length > SHOWN_OF_COMPANY };
  }
}
