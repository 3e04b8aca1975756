import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit, type Settled } from '../../audit/audit.js';
import type { Act } from '../../audit/acts.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdCorporation, holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { isUuid } from '../../web/uuid.js';
import type { Person, Visit } from '../../web/visit.js';
import { IpDrafts } from '../draft/ip-drafts.js';
import { IpPreviews, refusalOf, type ListRefusal, type Proposal } from '../draft/previews.js';
import { IpLists } from '../lists/ip-lists.js';
import { IpVersion } from '../lists/ip-version.entity.js';
import { EmergencyTickets } from '../tickets/emergency-tickets.js';

/** The administrator who decides, in this request. */
type Decider = Person & { visit: Visit };

const TRIAL_END_JOB = 'ip-trial-end';

/** Trials from their start to their confirmation or end. Each step holds the company. */
@Injectable()
export class IpTrials implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly drafts: IpDrafts,
    private readonly previews: IpPreviews,
    private readonly tickets: EmergencyTickets,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register(TRIAL_END_JOB, (payload) => this.tellLapsed((payload as { id: string }).id));
  }

  async change(person: SignedIn, proposal: Proposal): Promise<Settled<ListRefusal>> {
    const { list: next, minutes } = proposal;
    const act = minutes === undefined ? 'ip-restriction-change' : 'ip-restriction-trial';
    return inTransaction<Settled<ListRefusal>>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const preview = await this.previews.of(next, person);
      const reason = refusalOf(person, proposal, preview);
      if (reason) return this.audit.refuse(act, reason, person);
      const { restricts, entries } = preview;
      const list = await this.lists.add(person, { restricts, entries, minutes });
      if (list.trialEndsAt) await this.#tellAtEnd(list);
      else if (restricts) await this.drafts.delete(person.corporationId);
      await this.tickets.afterChange(person);
      const facts = { version: list.id, number: list.number, entries: entries.length };
      return this.audit.done(act, person, facts);
    });
  }

  /**
   * Puts the list in force for good, if it admits the administrator, so that somebody can change it
   * again.
   */
  async confirm(
    person: SignedIn,
    id: string | undefined,
  ): Promise<Settled<'trial-over' | 'address-refused'>> {
    return this.#decide('ip-restriction-confirmation', person, id, async (list) => {
      if (!(await this.lists.admits(list, person.visit.address))) return 'address-refused';
      list.confirm(person, await databaseNow(this.em));
      await this.em.flush();
      await this.drafts.deleteApplied(list);
      await this.lists.tellChanged(list);
      await this.tickets.afterChange(person);
      return undefined;
    });
  }

  /**
   * Puts the former list in force again. Administrators whom the trial keeps out may do it too,
   * where that one admits them.
   */
  async stop(
    person: Decider & Pick<SignedIn, 'isAdmitted' | 'isEmergency'>,
    id: string | undefined,
  ): Promise<Settled<'trial-over' | 'address-refused'>> {
    return this.#decide('ip-restriction-ending', person, id, async (list) => {
      const former = await this.lists.former(list);
      const isIn = person.isAdmitted || person.isEmergency;
      if (!isIn && !(await this.lists.admits(former, person.visit.address)))
        return 'address-refused';
      list.stop(person, await databaseNow(this.em));
      await this.em.flush();
      await this.lists.tellEnded(person.corporationId, person.name);
      return undefined;
    });
  }

  async #decide(
    act: Act,
    person: Decider,
    id: string | undefined,
    decide: (list: IpVersion) => Promise<'address-refused' | undefined>,
  ): Promise<Settled<'trial-over' | 'address-refused'>> {
    return inTransaction<Settled<'trial-over' | 'address-refused'>>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const list = await this.lists.onTrial(person.corporationId);
      const refusal = list?.id === id && list ? await decide(list) : 'trial-over';
      return this.audit.settle(act, refusal, person, isUuid(id) ? { version: id } : {});
    });
  }

  /**
   * Tells the administrators once that nobody confirmed. The trial ended without this, at its
   * deadline; before the deadline this puts itself off.
   */
  async tellLapsed(id: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const list = await this.em.findOne(IpVersion, { id, endToldAt: null });
      if (list?.isOnTrial) return this.#tellAtEnd(list);
      if (list?.stateNow !== 'lapsed') return;
      const { id: corporationId } = list.corporation;
      await holdCorporation(this.em, corporationId);
      const untold = { id, endToldAt: null, confirmedAt: null, endedAt: null };
      const endToldAt = await databaseNow(this.em);
      if ((await this.em.nativeUpdate(IpVersion, untold, { endToldAt })) === 0) return;
      await this.lists.tellEnded(corporationId, null);
      const of = { corporationId };
      await this.audit.record('ip-restriction-ending', 'trial-over', of, { version: id });
    });
  }

  /** Jobs run by the real clock, which tests do not move. */
  async #tellAtEnd({ id, trialEndsAt }: IpVersion): Promise<void> {
    const runAt = sql<Date>`now() + (${trialEndsAt}::timestamptz - genkan_now())`.as('runAt');
    const at = await tables(this.em).selectNoFrom(runAt).executeTakeFirstOrThrow();
    await this.jobs.add(TRIAL_END_JOB, { id }, { ...at, key: `${TRIAL_END_JOB}:${id}` });
  }
}
