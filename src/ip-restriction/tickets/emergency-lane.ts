import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { openNarrowSession } from '../../auth/sessions/narrow-session.js';
import { Sessions } from '../../auth/sessions/sessions.js';
import { Credentials, type ProvenCredentials } from '../../auth/sign-in/credentials.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { administratorsOf } from '../../identity/administrators.js';
import { Limits } from '../../limits/limits.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import type { Visit } from '../../web/visit.js';
import { EmergencyTickets } from './emergency-tickets.js';
import type { TicketForm } from './ticket.form.js';

const ACT = 'ip-emergency';
const WRONG_AN_HOUR = 5;

export type EmergencyEntry =
  | { ok: true }
  | { ok: false; reason: 'password-wrong' | 'ip-ticket-wrong' }
  /** By whoever types from the network, or by this person. */
  | { ok: false; reason: 'address-exhausted' | 'tickets-exhausted'; retryAfter: number };

/**
 * The way in for an administrator whom the list keeps out: the password and a one-time ticket. It
 * opens a session that reaches only the pages of the restriction.
 */
@Injectable()
export class EmergencyLane {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly limits: Limits,
    private readonly sessions: Sessions,
    private readonly tickets: EmergencyTickets,
    private readonly mails: IpRestrictionMails,
    private readonly audit: Audit,
  ) {}

  /** Checks the password first, with the counters of the sign-in, and the ticket only after it. */
  async enter(person: Account, form: TicketForm, visit: Visit): Promise<EmergencyEntry> {
    const checked = await this.credentials.check(person.loginId, form.password, visit, ACT);
    if (!checked.ok && 'retryAfter' in checked)
      return { ok: false, reason: 'address-exhausted', retryAfter: checked.retryAfter };
    if (!checked.ok || checked.accountId !== person.id)
      return { ok: false, reason: 'password-wrong' };
    const key = `ip-ticket:${person.id}`;
    const limit = { key, maximum: WRONG_AN_HOUR, seconds: HOUR_SECONDS };
    const taken = await this.limits.take(limit);
    const of = { ...person.addressee, visit };
    if (!taken.ok) {
      const refused = await this.audit.refuse(ACT, 'tickets-exhausted', of);
      return { ...refused, retryAfter: taken.retryAfter };
    }
    if (!(await this.#open(checked, form.ticket, visit)))
      return this.audit.refuse(ACT, 'ip-ticket-wrong', of);
    await this.limits.giveBack(limit);
    return { ok: true };
  }

  /** @returns false for an unusable ticket, or when the account changed since the password check */
  async #open(proven: ProvenCredentials, ticket: string, visit: Visit): Promise<boolean> {
    const { accountId: id, passwordHash } = proven;
    return inTransaction(this.em, async () => {
      const account = await this.em.findOne(
        Account,
        { id, passwordHash, role: 'administrator', stateNow: 'active' },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!account || !(await this.tickets.use(account.corporation.id, id, ticket))) return false;
      await openNarrowSession(this.em, this.sessions, account, visit, 'ip-restriction');
      await this.#tell(account, visit);
      await this.audit.done(ACT, { ...account.addressee, visit });
      return true;
    });
  }

  async #tell({ name, corporation }: Account, { address }: Visit): Promise<void> {
    const { left } = await this.tickets.sheet(corporation.id);
    const facts = { user: name, address, time: await databaseNow(this.em), left };
    for (const to of await administratorsOf(this.em, corporation.id))
      await this.mails.emergencyUsed(to, facts);
  }
}
