import { defineEntity, p, type Opt } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { after } from '../../database/clock.js';

export type IpVersionState = 'on-trial' | 'confirmed' | 'lapsed' | 'stopped' | 'objection';

export const IpVersionSchema = defineEntity({
  name: 'IpVersion',
  tableName: 'ip_versions',
  indexes: [{ name: 'ip_versions_by_author', properties: ['author'] }],
  uniques: [{ properties: ['corporation', 'number'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    number: p.integer(),
    /** False for a list that lifts the restriction. */
    restricts: p.boolean(),
    follows: () =>
      p.manyToOne(IpVersion).mapToPk().fieldName('follows').deleteRule('no action').nullable(),
    author: () => p.manyToOne(Account).mapToPk().deleteRule('set null').nullable(),
    authorName: p.text(),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    trialEndsAt: p.datetime().nullable(),
    confirmedAt: p.datetime().nullable(),
    confirmedBy: () =>
      p.manyToOne(Account).mapToPk().fieldName('confirmed_by').deleteRule('set null').nullable(),
    confirmedByName: p.text().nullable(),
    endedAt: p.datetime().nullable(),
    endedBy: () =>
      p.manyToOne(Account).mapToPk().fieldName('ended_by').deleteRule('set null').nullable(),
    endedByName: p.text().nullable(),
    endedBecause: p.enum(['stopped', 'objection'] as const).nullable(),
    endToldAt: p.datetime().nullable(),
    /** The state at this moment (ip-verdict.sql): a trial lapses by the time alone. */
    stateNow: p
      .string()
      .$type<IpVersionState>()
      .formula(
        (list) =>
          `ip_version_state(${list}.confirmed_at, ${list}.trial_ends_at, ${list}.ended_because)`,
      )
      .persist(false),
  },
});

interface Actor {
  accountId: string;
  name: string;
}

/**
 * A list of addresses and its life: it starts on trial or is applied at once; a trial is confirmed,
 * stopped or lapses. The entries of a list never change.
 */
export class IpVersion extends IpVersionSchema.class {
  get isOnTrial(): boolean & Opt {
    return this.stateNow === 'on-trial';
  }

  startTrial(now: Date, minutes: number): void {
    this.trialEndsAt = after(now, { minutes });
  }

  /** Puts the list in force for good, after a trial or without one. */
  confirm({ accountId, name }: Actor, now: Date): void {
    this.confirmedAt = now;
    this.confirmedBy = accountId;
    this.confirmedByName = name;
  }

  stop({ accountId, name }: Actor, now: Date): void {
    this.endedAt = now;
    this.endedBy = accountId;
    this.endedByName = name;
    this.endedBecause = 'stopped';
  }
}

IpVersionSchema.setClass(IpVersion);

export const IpEntrySchema = defineEntity({
  name: 'IpEntry',
  tableName: 'ip_entries',
  properties: {
    version: () => p.manyToOne(IpVersion).primary().deleteRule('cascade'),
    network: p.type('cidr').$type<string>().primary(),
    label: p.text(),
    endsAt: p.datetime().nullable(),
  },
});

export class IpEntry extends IpEntrySchema.class {}

IpEntrySchema.setClass(IpEntry);
