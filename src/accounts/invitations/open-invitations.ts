import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { MailTrouble } from '../../mail/mail-advice.js';
import type { Person } from '../../web/visit.js';
import {
  Invitation,
  invitationState,
  replacedAnother,
  type InvitationState,
} from './invitation.entity.js';

export type PageOfInvitations = Awaited<ReturnType<OpenInvitations['page']>>;
export type OpenInvitation = PageOfInvitations['invitations'][number];

const PAGE = 50;
const AFTER_ITS_END = { days: 90 };

/** The open invitations of a company; expired ones stay so that they can be sent again. */
@Injectable()
export class OpenInvitations {
  constructor(private readonly em: EntityManager) {}

  /** The newest first. @param wanted from 1; the nearest page that there is */
  async page({ corporationId }: Person, wanted: number) {
    const shown = this.#open(corporationId).where('i.ends_at', '>', sqlBefore(AFTER_ITS_END));
    const counted = shown.clearSelect().select(sql<number>`count(*)::int`.as('total'));
    const { total } = await counted.executeTakeFirstOrThrow();
    const last = Math.max(1, Math.ceil(total / PAGE));
    const number = Number.isSafeInteger(wanted) ? Math.min(Math.max(wanted, 1), last) : 1;
    const invitations = await shown
      .orderBy('i.created_at', 'desc')
      .orderBy('i.id')
      .offset((number - 1) * PAGE)
      .limit(PAGE)
      .execute();
    const from = (number - 1) * PAGE + 1;
    return { invitations, number, from, to: from + invitations.length - 1, total };
  }

  async find({ corporationId }: Person, id: string): Promise<OpenInvitation | undefined> {
    return this.#open(corporationId).where('i.id', '=', id).executeTakeFirst();
  }

  async wasSent({ corporationId: corporation }: Person, id: string): Promise<boolean> {
    return (await this.em.count(Invitation, { id, corporation })) > 0;
  }

  #open(corporationId: string) {
    return tables(this.em)
      .selectFrom('invitations as i')
      .leftJoin('accounts as a', 'a.id', 'i.invited_by')
      .leftJoin('mail_deliveries as d', 'd.id', 'i.delivery_id')
      .where('i.corporation_id', '=', corporationId)
      .where('i.used_at', 'is', null)
      .where('i.cancelled_at', 'is', null)
      .where('i.replaced_at', 'is', null)
      .select(['i.id', 'i.name', 'i.email', 'i.role', 'a.name as inviter'])
      .select(['i.created_at as sentAt', 'i.ends_at as endsAt', 'd.state as delivery'])
      .select(
        sql<MailTrouble | null>`
          case when d.state in ('bounced', 'suppressed') then mail_advice(i.email) end`.as(
          'trouble',
        ),
      )
      .select(sql<OpenState>`${sql.raw(invitationState('i'))}`.as('state'))
      .select(sql<boolean>`${sql.raw(replacedAnother('i'))}`.as('replacedAnother'))
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('invitations as o')
            .select('o.id')
            .whereRef('o.corporation_id', '=', 'i.corporation_id')
            .whereRef('o.email_key', '=', 'i.email_key')
            .where('o.used_at', 'is', null)
            .where('o.cancelled_at', 'is', null)
            .where('o.replaced_at', 'is', null)
            .whereRef('o.id', '<>', 'i.id'),
        ).as('sharesMailbox'),
      );
  }
}

type OpenState = Exclude<InvitationState, 'used' | 'cancelled' | 'replaced'>;
