import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../audit/audit.js';
import { Device } from '../../auth/sign-in/device.entity.js';
import { Session } from '../../auth/sessions/session.entity.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { emailKey, loginIdKey } from '../../identity/login-id.js';
import { namedEntries, type NamedEntry } from '../../log/lines/named-entries.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { mailsOfPerson } from '../../mail/mails-of-person.js';
import { isUuid } from '../../web/uuid.js';
import { diagnosisOf } from '../diagnosis/diagnoses.js';
import { DoorLooks } from '../diagnosis/door-facts.js';

export type AccountReport = Awaited<ReturnType<AccountReports['read']>>;

const SHOWN = 10;
const SHOWN_MAILS = 50;

/** What the desk has to know to help somebody on the telephone. Looking leaves a row in the log. */
@Injectable()
export class AccountReports {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly looks: DoorLooks,
  ) {}

  async of(loginId: string, operator: string): Promise<AccountReport | undefined> {
    const populate = ['corporation'] as const;
    const known = { loginIdKey: loginIdKey(loginId) };
    const account = await this.em.findOne(Account, known, { populate });
    if (!account) return undefined;
    const facts = { target: account.id, operator };
    await this.audit.done('account-view', { corporationId: account.corporation.id }, facts);
    return this.read(account);
  }

  /** With its company. @throws NotFoundException for ids that nobody has */
  async find(id: string): Promise<Account> {
    const found = isUuid(id) && (await this.em.findOne(Account, id, { populate: ['corporation'] }));
    if (!found) throw new NotFoundException();
    return found;
  }

  /** @param address in place of the one that the person came from last */
  async read(account: Account, address?: string) {
    const facts = await this.looks.facts(account, address);
    const [{ id }, { now }] = [account, facts];
    return {
      account,
      facts,
      diagnosis: diagnosisOf(facts),
      isNewcomer: account.isNewcomer(now),
      sessions: await this.#sessions(account, now),
      knownBrowsers: await this.em.count(Device, { account: id, endsAt: { $gt: now } }),
      mails: await mailsOfPerson(this.em, account, SHOWN),
      entries: await this.#entries(id),
    };
  }

  /** Rows of somebody who was deleted stay for the way back, and let nobody in. */
  #sessions({ id: account, state }: Account, now: Date): Promise<number> {
    if (state === 'deleted') return Promise.resolve(0);
    return this.em.count(Session, { account, endsAt: { $gt: now } });
  }

  /** What the person did, and what others did to them; that the desk looked is of no help here. */
  async #entries(account: string): Promise<NamedEntry[]> {
    const newest = sql`order by e.at desc, e.id desc`;
    const rows = sql`
      (select e.* from audit_entries e where e.account_id = ${account} ${newest} limit ${SHOWN})
      union all
      (select e.* from audit_entries e
       where e.facts ->> 'target' = ${account} and e.account_id is distinct from ${account}
         and e.act <> 'account-view'
       ${newest} limit ${SHOWN})`;
    const both = sql`select e.* from (${rows}) e ${newest} limit ${SHOWN}`;
    return (await namedEntries(both, newest).execute(tables(this.em))).rows;
  }

  /** The mails to an address, the newest first, whatever account they belong to. */
  async mailsTo(address: string, operator: string): Promise<MailDelivery[]> {
    const found = await tables(this.em)
      .selectFrom('mail_deliveries')
      .select('id')
      .where(sql<string>`lower(recipient)`, '=', emailKey(address))
      .orderBy('created_at', 'desc')
      .limit(SHOWN_MAILS)
      .execute();
    const ids = found.map(({ id }) => id);
    await this.audit.done('mail-search', {}, { operator });
    const orderBy = { createdAt: 'desc' } as const;
    return this.em.find(MailDelivery, { id: { $in: ids } }, { orderBy });
  }
}
