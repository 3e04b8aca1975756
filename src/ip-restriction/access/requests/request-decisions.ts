import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import type { Act, Reason } from '../../../audit/reasons.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { IpAccessMails } from '../../../mail/ip-access-mails.js';
import type { Addressee } from '../../../mail/mails.js';
import type { Sentence } from '../../../web/sentence.js';
import type { Visit } from '../../../web/visit.js';
import { AddedEntries } from './added-entries.js';

/** Whoever asked, as far as a decision needs it. */
type Asked = Addressee & { address: string; purpose: string; wantedUntil: Date };

export type Decision =
  | { ok: true }
  | { ok: false; reason: 'request-unknown' | 'request-decided' }
  | { ok: false; reason: 'not-addable'; sentence: Sentence };

const WAITING = `
  select a.id as "accountId", c.id as "corporationId", c.name as "corporationName", a.name, a.email,
         a.language, host(r.address) as address, r.purpose, r.wanted_until as "wantedUntil"
  from ip_requests r join accounts a on a.id = r.account_id
  join corporations c on c.id = a.corporation_id
  where r.id = $1 and r.corporation_id = $2 and a.state = 'active'
    and r.decided_at is null and r.wanted_until > genkan_now()`;

/** What an administrator, who comes from an admitted network, makes of a request. */
@Injectable()
export class RequestDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly added: AddedEntries,
    private readonly mails: IpAccessMails,
    private readonly audit: Audit,
  ) {}

  /** One more entry in the list, for the address that was asked for and as long as was asked for. */
  async approve(person: SignedIn, id: string, visit: Visit): Promise<Decision> {
    return this.#decide(person, id, async (asked) => {
      const { address, wantedUntil: until } = asked;
      const label = `${asked.name}（${asked.purpose}）`;
      const added = await this.added.add(person, { address, label, endsAt: until });
      if (!added.ok) {
        await this.#log('ip-request-approval', 'entry-refused', person, id, visit);
        return { ok: false, reason: 'not-addable', sentence: added.sentence };
      }
      await this.#note(person, id, true, '');
      await this.mails.approved(asked, { address, until });
      await this.#log('ip-request-approval', 'done', person, id, visit);
      return { ok: true };
    });
  }

  /** @param word why, for the mail to whoever asked */
  async refuse(person: SignedIn, id: string, word: string, visit: Visit): Promise<Decision> {
    return this.#decide(person, id, async (asked) => {
      await this.#note(person, id, false, word);
      await this.mails.refused(asked, { address: asked.address, word });
      await this.#log('ip-request-refusal', 'done', person, id, visit);
      return { ok: true };
    });
  }

  /** One decision at a time: who comes second finds nothing that waits. */
  async #decide(
    person: SignedIn,
    id: string,
    act: (asked: Asked) => Promise<Decision>,
  ): Promise<Decision> {
    const { corporationId } = person;
    return inTransaction<Decision>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const asked = await sqlOne<Asked>(this.em, WAITING, [id, corporationId]);
      if (asked) return act(asked);
      const known = 'select 1 as known from ip_requests where id = $1 and corporation_id = $2';
      const isKnown = await sqlOne(this.em, known, [id, corporationId]);
      return { ok: false, reason: isKnown ? 'request-decided' : 'request-unknown' };
    });
  }

  async #note(person: SignedIn, id: string, approved: boolean, word: string): Promise<void> {
    await sql(
      this.em,
      `update ip_requests set decided_at = genkan_now(), decided_by = $2, decided_by_name = $3,
                              approved = $4, word = $5
       where id = $1`,
      [id, person.accountId, person.name, approved, word],
    );
  }

  async #log(act: Act, reason: Reason, person: SignedIn, id: string, visit: Visit): Promise<void> {
    const { accountId, corporationId } = person;
    const facts = { target: id };
    await this.audit.record({ act, reason, accountId, corporationId, facts, visit });
  }
}
