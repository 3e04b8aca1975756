import { EntityManager, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { administratorsOf } from '../../identity/administrators.js';
import { IpRestrictionMails, type GrantedRequest } from '../../mail/ip-restriction-mails.js';
import type { Addressee } from '../../mail/mail-queue.js';
import type { Person } from '../../web/visit.js';
import type { Entry } from '../networks/fold-entries.js';
import { IP_STATE, type IpState } from './ip-state.js';
import { IpSuspension } from './ip-suspension.entity.js';
import { IpEntry, IpVersion } from './ip-version.entity.js';

export type UsedEntry = Entry & { lastUsedAt: Date | null };

export interface NewList {
  restricts: boolean;
  entries: readonly Entry[];
  /** Undefined for a list that is applied without a trial. */
  minutes: number | undefined;
  /** The request for which it was made, if any. */
  granted?: GrantedRequest;
}

@Injectable()
export class IpLists {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: IpRestrictionMails,
  ) {}

  /** The list that decides now; undefined for companies without one. */
  async inForce(corporationId: string): Promise<IpVersion | undefined> {
    const id = raw('ip_version_in_force(?)', [corporationId]);
    const found = await this.em.findOne(
      IpVersion,
      { corporation: corporationId, id },
      { refresh: true },
    );
    return found ?? undefined;
  }

  async onTrial(corporationId: string): Promise<IpVersion | undefined> {
    const list = await this.inForce(corporationId);
    return list?.isOnTrial ? list : undefined;
  }

  /** The list that was in force when another one was made, and is again when that one ends. */
  async former({ follows }: IpVersion): Promise<IpVersion | undefined> {
    return (follows && (await this.em.findOne(IpVersion, follows))) || undefined;
  }

  /** The entries by family and address; none for a list that lifts the restriction. */
  async entriesOf(listId: string | null | undefined): Promise<UsedEntry[]> {
    if (!listId) return [];
    return tables(this.em)
      .selectFrom('ip_entries as e')
      .innerJoin('ip_versions as v', 'v.id', 'e.version_id')
      .leftJoin('ip_uses as u', (join) =>
        join
          .onRef('u.corporation_id', '=', 'v.corporation_id')
          .onRef('u.network', '=', 'e.network'),
      )
      .select(['e.network', 'e.label', 'e.ends_at as endsAt', 'u.last_used_at as lastUsedAt'])
      .where('e.version_id', '=', listId)
      .orderBy('e.network')
      .execute();
  }

  /** True when a list lets this address in, whether it is in force or not. */
  async admits(list: IpVersion | undefined, address: string): Promise<boolean> {
    if (!list?.restricts) return true;
    const network = sql<string | null>`ip_admitting(${list.id}, ${address})`.as('network');
    const found = await tables(this.em).selectNoFrom(network).executeTakeFirstOrThrow();
    return found.network !== null;
  }

  async state(corporationId: string): Promise<IpState> {
    const about = 'select ?::uuid as corporation_id';
    const [row] = await this.em.execute<{ state: IpState }[]>(
      `select ${IP_STATE} as state from (${about}) person`,
      [corporationId],
    );
    return row!.state;
  }

  /** The desk's suspension of the restriction that ends last. */
  async suspension(corporationId: string): Promise<IpSuspension | undefined> {
    const endsAt = raw('ip_suspension_end(?)', [corporationId]);
    const suspended = { corporation: corporationId, liftedAt: null, endsAt };
    return (await this.em.findOne(IpSuspension, suspended)) ?? undefined;
  }

  /** Puts a new list on trial, or in force for good, and tells it, in the caller's transaction. */
  async add(author: Person, { restricts, entries, minutes, granted }: NewList): Promise<IpVersion> {
    const { corporationId, accountId, name } = author;
    const now = await databaseNow(this.em);
    const list = this.em.create(IpVersion, {
      corporation: corporationId,
      number: (await this.em.count(IpVersion, { corporation: corporationId })) + 1,
      restricts,
      follows: (await this.inForce(corporationId))?.id,
      author: accountId,
      authorName: name,
      createdAt: now,
    });
    if (minutes === undefined) list.confirm(author, now);
    else list.startTrial(now, minutes);
    await this.em.flush();
    if (entries.length > 0)
      await this.em.insertMany(
        IpEntry,
        entries.map(({ network, label, endsAt }) => ({ version: list.id, network, label, endsAt })),
      );
    if (granted) await this.#tellGranted(list, granted);
    else if (minutes === undefined) await this.tellChanged(list);
    else await this.#tellTrialStarted(list);
    return list;
  }

  async #tellGranted(list: IpVersion, granted: GrantedRequest): Promise<void> {
    const facts = { ...granted, time: list.createdAt, actorName: list.authorName };
    await this.#tell(list.corporation.id, (to) => this.mails.requestGranted(to, facts));
  }

  async #tellTrialStarted(list: IpVersion): Promise<void> {
    const { restricts, createdAt: time, authorName: actorName, trialEndsAt } = list;
    const change = { restricts, time, actorName, deadline: trialEndsAt! };
    await this.#tell(list.corporation.id, (to) => this.mails.trialStarted(to, change));
  }

  async tellChanged(list: IpVersion): Promise<void> {
    const { restricts, confirmedAt, confirmedByName } = list;
    const change = { restricts, time: confirmedAt!, actorName: confirmedByName ?? null };
    await this.#tell(list.corporation.id, (to) => this.mails.changed(to, change));
  }

  /** The former list is in force again; `actorName` is null when the time alone ended this one. */
  async tellEnded(corporationId: string, actorName: string | null): Promise<void> {
    const restricts = (await this.inForce(corporationId))?.restricts ?? false;
    const time = await databaseNow(this.em);
    await this.#tell(corporationId, (to) => this.mails.ended(to, { restricts, time, actorName }));
  }

  async #tell(corporationId: string, mail: (to: Addressee) => Promise<unknown>): Promise<void> {
    for (const to of await administratorsOf(this.em, corporationId)) await mail(to);
  }
}
