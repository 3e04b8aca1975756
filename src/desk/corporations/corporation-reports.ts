import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { sql } from 'kysely';
import { ListPages, type MemberPage } from '../../accounts/members/list/list-pages.js';
import type { ListPosition } from '../../accounts/members/list/list-position.js';
import { ActivationMails } from '../../admin-enrollment/activation/activation-mails.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { Invoice } from '../../corporations/invoice.entity.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { IpLists, type UsedEntry } from '../../ip-restriction/lists/ip-lists.js';
import type { IpState } from '../../ip-restriction/lists/ip-state.js';
import { namedEntries, type NamedEntry } from '../../log/lines/named-entries.js';
import { MailDelivery } from '../../mail/mail-delivery.entity.js';
import { isUuid } from '../../web/uuid.js';

const SHOWN = 10;
const SHOWN_ACTS = 20;

const EVERYBODY = { role: '', state: '', department: '', factor: '' } as const;

interface PeopleWanted {
  q: string;
  place: ListPosition | undefined;
}

/** One page about one company: each part is a few rows of an index. */
@Injectable()
export class CorporationReports {
  constructor(
    private readonly em: EntityManager,
    private readonly people: ListPages,
    private readonly lists: IpLists,
    private readonly activations: ActivationMails,
  ) {}

  /** @throws NotFoundException for ids that no company has */
  async find(id: string): Promise<Corporation> {
    const found = isUuid(id) && (await this.em.findOne(Corporation, id));
    if (!found) throw new NotFoundException();
    return found;
  }

  /**
   * Those with a second factor first, who can take off another's; then those whose application can
   * still be finished.
   */
  async administrators(corporation: string): Promise<Account[]> {
    const administrators = { corporation, role: 'administrator' } as const;
    const order = [{ secondFactorSince: 'asc nulls last' }, { createdAt: 'asc' }] as const;
    const there = { ...administrators, state: { $in: ['active', 'suspended'] } } as const;
    const found = await this.em.find(Account, there, { orderBy: [...order], limit: SHOWN });
    const applied = { ...administrators, state: 'registered' } as const;
    const newest = { orderBy: { createdAt: 'desc' }, limit: SHOWN } as const;
    for (const account of await this.em.find(Account, applied, newest))
      if (await this.activations.waiting(account.id)) found.push(account);
    return found;
  }

  async page(corporationId: string, { q, place }: PeopleWanted): Promise<MemberPage> {
    return this.people.page({ corporationId, isNewcomer: false }, { ...EVERYBODY, q }, place);
  }

  async restriction(id: string): Promise<{
    state: IpState;
    endsAt: Date | null;
    entries: UsedEntry[];
  }> {
    const list = await this.lists.inForce(id);
    const suspension = await this.lists.suspension(id);
    const endsAt = suspension?.endsAt ?? (list?.isOnTrial ? list.trialEndsAt : null) ?? null;
    const entries = list?.restricts ? await this.lists.entriesOf(list.id) : [];
    return { state: await this.lists.state(id), endsAt, entries };
  }

  /** Right passwords from addresses that no list admits. */
  refused(corporation: string) {
    return tables(this.em)
      .selectFrom('audit_entries as e')
      .leftJoin('accounts as a', 'a.id', 'e.account_id')
      .where('e.corporation_id', '=', corporation)
      .where('e.act', '=', 'sign-in')
      .where('e.reason', '=', 'address-refused')
      .select(['e.at', 'a.id as accountId', 'a.name'])
      .select(sql<string | null>`host(e.address)`.as('address'))
      .orderBy('e.at', 'desc')
      .orderBy('e.id', 'desc')
      .limit(SHOWN)
      .execute();
  }

  /** Without sign-ins, which are many. */
  async acts(corporation: string): Promise<NamedEntry[]> {
    const newest = sql`order by e.at desc, e.id desc`;
    const rows = sql`
      select e.* from audit_entries e
      where e.corporation_id = ${corporation} and e.act <> 'sign-in' ${newest} limit ${SHOWN_ACTS}`;
    return (await namedEntries(rows, newest).execute(tables(this.em))).rows;
  }

  undelivered(corporation: string): Promise<MailDelivery[]> {
    const states = ['bounced', 'suppressed'] as const;
    const bounced = { corporation, state: { $in: states }, settledAt: null };
    const order = { orderBy: { createdAt: 'desc' }, limit: SHOWN, populate: ['account'] } as const;
    return this.em.find(MailDelivery, bounced, order);
  }

  cases(corporation: string): Promise<Enrollment[]> {
    const order = { orderBy: { createdAt: 'desc' }, limit: SHOWN } as const;
    return this.em.find(Enrollment, { corporation }, order);
  }

  async hasInvoices(corporation: string): Promise<boolean> {
    return (await this.em.count(Invoice, { corporation })) > 0;
  }
}
