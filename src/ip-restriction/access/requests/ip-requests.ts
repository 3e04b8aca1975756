import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { databaseNow, sql, sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { DAY_SECONDS } from '../../../durations.js';
import { Limits } from '../../../limits/limits.js';
import { IpAccessMails } from '../../../mail/ip-access-mails.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { Visit } from '../../../web/visit.js';
import { readEndDate } from '../../draft/end-date.js';
import { administratorsOf } from '../administrators.js';
import type { RefusedPerson } from '../refused/refused-people.js';
import type { RequestForm } from './request.form.js';

const A_DAY = 3;
const LONGEST_DAYS = 366;

/** Somebody who asks to be let in from where they are. */
export interface IpRequest {
  id: string;
  name: string;
  address: string;
  purpose: string;
  wantedUntil: Date;
  createdAt: Date;
}

export type DecidedRequest = IpRequest & {
  approved: boolean;
  decidedAt: Date;
  decidedByName: string;
  word: string;
};

export type Requested =
  | { ok: true }
  | { ok: false; reason: 'until'; sentence: Sentence }
  | { ok: false; reason: 'too-many'; retryAfter: number };

const COLUMNS = `
  r.id, a.name, host(r.address) as address, r.purpose, r.wanted_until as "wantedUntil",
  r.created_at as "createdAt"`;

/** 許可の依頼: a mail and a task for the administrators, who let somebody in or not. */
@Injectable()
export class IpRequests {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly mails: IpAccessMails,
    private readonly audit: Audit,
  ) {}

  /** At most three a day for each person (retryAfter in seconds), for at most a year. */
  async ask(person: RefusedPerson, form: RequestForm, visit: Visit): Promise<Requested> {
    const end = readEndDate(form.until, await databaseNow(this.em));
    if (!end.ok) return { ok: false, reason: 'until', sentence: end.sentence };
    if (!(await this.#isWithinAYear(end.endsAt!)))
      return { ok: false, reason: 'until', sentence: say('期限は、1年以内の日付にしてください。') };
    const { accountId, corporationId } = person;
    const key = `ip-request:${accountId}`;
    const taken = await this.limits.take({ key, maximum: A_DAY, seconds: DAY_SECONDS });
    const entry = { act: 'ip-request', accountId, corporationId, visit } as const;
    if (!taken.ok) {
      await this.audit.record({ ...entry, reason: 'requests-exhausted' });
      return { ok: false, reason: 'too-many', retryAfter: taken.retryAfter };
    }
    await inTransaction(this.em, async () => {
      const asked = await sqlOne<{ id: string }>(
        this.em,
        `insert into ip_requests (corporation_id, account_id, address, purpose, wanted_until)
         values ($1, $2, $3, $4, $5) returning id`,
        [corporationId, accountId, visit.address, form.purpose, end.endsAt],
      );
      const facts = { name: person.name, address: visit.address, purpose: form.purpose };
      for (const administrator of await administratorsOf(this.em, corporationId))
        await this.mails.requested(administrator, { ...facts, until: end.endsAt! });
      await this.audit.record({ ...entry, reason: 'done', facts: { target: asked!.id } });
    });
    return { ok: true };
  }

  /** What waits for a decision, the oldest first; a request whose time is over waits no more. */
  async open(corporationId: string): Promise<IpRequest[]> {
    return sql<IpRequest>(
      this.em,
      `select ${COLUMNS} from ip_requests r join accounts a on a.id = r.account_id
       where r.corporation_id = $1 and r.decided_at is null and r.wanted_until > genkan_now()
         and a.state = 'active'
       order by r.created_at`,
      [corporationId],
    );
  }

  /** Whether the company ever had this request. */
  async isKnown(corporationId: string, id: string): Promise<boolean> {
    const text = 'select 1 as known from ip_requests where corporation_id = $1 and id = $2';
    return (await sqlOne(this.em, text, [corporationId, id])) !== undefined;
  }

  /** The newest first. */
  async decided(corporationId: string, most: number): Promise<DecidedRequest[]> {
    return sql<DecidedRequest>(
      this.em,
      `select ${COLUMNS}, r.approved, r.decided_at as "decidedAt",
              r.decided_by_name as "decidedByName", r.word
       from ip_requests r join accounts a on a.id = r.account_id
       where r.corporation_id = $1 and r.decided_at is not null
       order by r.decided_at desc limit $2`,
      [corporationId, most],
    );
  }

  async #isWithinAYear(moment: Date): Promise<boolean> {
    const row = await sqlOne<{ within: boolean }>(
      this.em,
      'select $1::timestamptz <= genkan_now() + make_interval(days => $2) as within',
      [moment, LONGEST_DAYS],
    );
    return row!.within;
  }
}
