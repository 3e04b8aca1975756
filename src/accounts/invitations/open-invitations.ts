import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../../database/sql.js';
import type { Role } from '../../identity/role.js';
import type { Person } from '../../web/visit.js';

/** What became of a mail: `queued` and `deferred` are still on their way. */
export type DeliveryState = 'queued' | 'handed-over' | 'deferred' | 'bounced' | 'suppressed';

/** An invitation as the company's administrators see it. */
export interface OpenInvitation {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Null when that account is gone. */
  inviter: string | null;
  sentAt: Date;
  endsAt: Date;
  state: 'live' | 'expired' | 'void';
  delivery: DeliveryState;
  /** It took the place of an older one to the same mailbox, maybe to somebody else. */
  replacedAnother: boolean;
}

const SHOWN = 200;

const COLUMNS = `
  select i.id, i.name, i.email, i.role, a.name as inviter, i.created_at as "sentAt", i.ends_at as "endsAt",
         invitation_state(i) as state, coalesce(d.state, 'queued') as delivery,
         exists (select from invitations o
                 where o.corporation_id = i.corporation_id and o.email_key = i.email_key
                   and o.replaced_at = i.created_at and o.id <> i.id) as "replacedAnother"
  from invitations i
  left join accounts a on a.id = i.invited_by
  left join mail_deliveries d on d.id = i.delivery_id
  where i.corporation_id = $1 and i.used_at is null and i.cancelled_at is null and i.replaced_at is null`;

/** The invitations of a company that nobody followed yet; those that ran out stay to be sent again. */
@Injectable()
export class OpenInvitations {
  constructor(private readonly em: EntityManager) {}

  /** At most 200, the newest first. */
  all({ corporationId }: Person): Promise<OpenInvitation[]> {
    return sql(
      this.em,
      `${COLUMNS} and i.ends_at > genkan_now() - interval '90 days'
       order by i.created_at desc, i.id limit ${SHOWN}`,
      [corporationId],
    );
  }

  find({ corporationId }: Person, id: string): Promise<OpenInvitation | undefined> {
    return sqlOne(this.em, `${COLUMNS} and i.id = $2`, [corporationId, id]);
  }

  /** Whether the company sent an invitation that is used, cancelled or replaced now. */
  async isOver({ corporationId }: Person, id: string): Promise<boolean> {
    const over = 'select from invitations where corporation_id = $1 and id = $2';
    return (await sqlOne(this.em, over, [corporationId, id])) !== undefined;
  }
}
