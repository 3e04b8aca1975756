import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Tickets, type LinkRefusal } from '../../auth/tickets.js';
import { sqlOne } from '../../database/sql.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { Mails, type Addressee } from '../../mail/mails.js';
import type { EnrollmentKind } from '../enrollment-kind.js';
import { isOpenLoginId } from '../registered-account.js';

export const ACTIVATION_HOURS = 24;

/** Whose mailbox waits to be proved, and for which case. */
export interface Waiting extends Addressee {
  accountId: string;
  corporationId: string;
  loginId: string;
  kind: EnrollmentKind | null;
  caseNumber: string | null;
  releaseAt: Date | null;
  /** When a succession ends whose newcomer never proved the mailbox: no link works longer. */
  caseEndsAt: Date | null;
  otherId: boolean;
}

export type LinkLook =
  | {
      ok: true;
      /** The wanted login ID was taken: another one is chosen behind the link. */
      needsLoginId: boolean;
    }
  | { ok: false; reason: LinkRefusal };

/** The mailed link that proves a newcomer's mailbox and activates the account. */
@Injectable()
export class ActivationLinks {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly mails: Mails,
    private readonly enrollmentMails: EnrollmentMails,
  ) {}

  /** Issues a link and queues its mail, in the caller's transaction; older links are void. */
  async send(accountId: string): Promise<void> {
    const waiting = (await this.waiting(accountId))!;
    const { loginId, caseNumber, caseEndsAt, otherId } = waiting;
    const { token, endsAt } = await this.tickets.issue(
      'activation',
      accountId,
      ACTIVATION_HOURS,
      caseEndsAt,
    );
    if (waiting.kind !== 'succession')
      return this.mails.activation(waiting, { loginId, token, endsAt });
    await this.enrollmentMails.administratorWelcome(waiting, {
      caseNumber: caseNumber!,
      loginId: isOpenLoginId(loginId) ? '' : loginId,
      otherId,
      token,
      endsAt,
      releaseAt: waiting.releaseAt ?? undefined,
    });
  }

  /** Looks at a link without changing anything; one that cannot be replaced any more is unknown. */
  async look(token: string | undefined): Promise<LinkLook> {
    const ticket = await this.tickets.look('activation', token);
    const owner = ticket.ok ? ticket.accountId : await this.ownerOf(token);
    const waiting = owner === undefined ? undefined : await this.waiting(owner);
    if (ticket.ok) return { ok: true, needsLoginId: isOpenLoginId(waiting?.loginId ?? '') };
    const reason = waiting || ticket.reason === 'link-used' ? ticket.reason : 'link-unknown';
    return { ok: false, reason };
  }

  /** Whose link it is or was: its reader reads the account's mailbox. */
  ownerOf(token: string | undefined): Promise<string | undefined> {
    return this.tickets.ownerOf('activation', token);
  }

  /** The account while its mailbox is not proved; undefined when that, or its succession, is over. */
  async waiting(accountId: string): Promise<Waiting | undefined> {
    return sqlOne<Waiting>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.email, a.language, a.login_id as "loginId", e.kind,
              e.case_number as "caseNumber", e.release_at as "releaseAt",
              case when e.kind = 'succession'
                then e.started_at + make_interval(hours => ${ACTIVATION_HOURS}) end as "caseEndsAt",
              exists (select from accounts o where o.corporation_id = a.corporation_id and o.id <> a.id
                        and o.email_key = a.email_key and o.state in ('active', 'suspended')) as "otherId"
       from accounts a join corporations c on c.id = a.corporation_id
       left join enrollments e on e.account_id = a.id and e.state = 'awaiting-activation'
       left join enrollment_stages s on s.id = e.id and e.kind = 'succession'
       where a.id = $1 and a.state = 'registered' and s.stage is distinct from 'expired'`,
      [accountId],
    );
  }

  /** Until when the account's link works; undefined without one that does. */
  async deadlineOf(accountId: string): Promise<Date | undefined> {
    const found = await sqlOne<{ ends_at: Date }>(
      this.em,
      `select ends_at from mailed_links where subject = $1 and purpose = 'activation'
         and used_at is null and replaced_at is null and ends_at > genkan_now()`,
      [accountId],
    );
    return found?.ends_at;
  }
}
