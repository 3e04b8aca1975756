import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import type { Reason } from '../../../audit/reasons.js';
import { Credentials, type ProvenCredentials } from '../../../auth/credentials.js';
import { inTransaction } from '../../../database/transaction.js';
import { HOUR_SECONDS } from '../../../durations.js';
import { Limits } from '../../../limits/limits.js';
import type { Visit } from '../../../web/visit.js';
import type { RefusedPerson } from '../refused/refused-people.js';
import { EmergencySessions } from './emergency-sessions.js';
import type { TicketForm } from './ticket.form.js';

const ACT = 'ip-emergency';
const WRONG_AN_HOUR = 5;

export type EmergencyEntry =
  | { ok: true }
  | { ok: false; reason: 'password-wrong' | 'ip-ticket-wrong' }
  | { ok: false; reason: 'too-many'; retryAfter: number };

/** The way in for an administrator whom the list locked out: right password and one-time ticket. */
@Injectable()
export class EmergencyLane {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly limits: Limits,
    private readonly sessions: EmergencySessions,
    private readonly audit: Audit,
  ) {}

  /** The password first, with the counters of the sign-in: without it no ticket is even looked at. */
  async enter(person: RefusedPerson, form: TicketForm, visit: Visit): Promise<EmergencyEntry> {
    const checked = await this.credentials.check(person.loginId, form.password, visit, ACT);
    if (!checked.ok && 'retryAfter' in checked)
      return { ok: false, reason: 'too-many', retryAfter: checked.retryAfter };
    if (!checked.ok || checked.accountId !== person.accountId)
      return { ok: false, reason: 'password-wrong' };
    const limit = {
      key: `ip-ticket:${person.accountId}`,
      maximum: WRONG_AN_HOUR,
      seconds: HOUR_SECONDS,
    };
    const taken = await this.limits.take(limit);
    if (!taken.ok) {
      await this.#log('tickets-exhausted', person, visit);
      return { ok: false, reason: 'too-many', retryAfter: taken.retryAfter };
    }
    if (!(await this.#open(person, form.ticket, checked, visit))) {
      await this.#log('ip-ticket-wrong', person, visit);
      return { ok: false, reason: 'ip-ticket-wrong' };
    }
    await this.limits.giveBack(limit);
    return { ok: true };
  }

  async #open(
    person: RefusedPerson,
    ticket: string,
    proven: ProvenCredentials,
    visit: Visit,
  ): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const opened = await this.sessions.open(person, ticket, proven, visit);
      if (opened) await this.#log('done', person, visit);
      return opened;
    });
  }

  async #log(reason: Reason, person: RefusedPerson, visit: Visit): Promise<void> {
    const { accountId, corporationId } = person;
    await this.audit.record({ act: ACT, reason, accountId, corporationId, visit });
  }
}
