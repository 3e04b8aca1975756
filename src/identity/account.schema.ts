import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../corporations/corporation.entity.js';
import type { AccountState } from './account-states.js';

/** The columns of `accounts`; their life is in account.entity.ts. */
export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  indexes: [
    { name: 'accounts_by_corporation', properties: ['corporation', 'state'] },
    { name: 'accounts_by_email', properties: ['emailKey'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    corporation: () => p.manyToOne(Corporation),
    role: p.enum(['staff', 'administrator'] as const),
    state: p.enum(['registered', 'active', 'suspended', 'deleted'] as const),
    loginId: p.text(),
    loginIdKey: p.text().unique(),
    name: p.text(),
    nameKana: p.text(),
    department: p.text().default(''),
    phone: p.text().default(''),
    email: p.text(),
    emailKey: p.text(),
    passwordHash: p.text().lazy(),
    language: p.enum(['ja', 'en'] as const).default('ja'),
    createdAt: p.datetime().defaultRaw('genkan_now()'),
    activatedAt: p.datetime().nullable(),
    lastSignInAt: p.datetime().nullable(),
    lastSignInAddress: p.type('inet').$type<string>().nullable(),
    failuresSinceSignIn: p.integer().default(0),
    /** A newcomer may not act before. */
    heldUntil: p.datetime().nullable(),
    /** A newcomer may do only few things before; null for everybody else. */
    probationEndsAt: p.datetime().nullable(),
    /** An objection stopped the newcomer: the right password opens the case and nothing else. */
    inCase: p.boolean().default(false),
    deletedAt: p.datetime().nullable(),
    deletedBy: p.uuid().nullable(),
    deletedFrom: p.enum(['registered', 'active', 'suspended'] as const).nullable(),
    suspendedAt: p.datetime().nullable(),
    suspendedBy: p.uuid().nullable(),
    /** The desk suspended it, and opens it again. */
    frozenByDesk: p.boolean().default(false),
    /** Since when there is a second factor; null where there is none. */
    secondFactorSince: p.datetime().nullable(),
    /** Counted by the database (factor-changes.sql). */
    factorChanges: p.integer().default(0),
    /** When the person was made one; null for staff, and for whoever was one from the beginning. */
    administratorSince: p.datetime().nullable(),
    anonymisedAt: p.datetime().nullable(),
    /** Counts changes of details, kept by the database (account-version.sql). */
    version: p.integer().default(1),
    changedAt: p.datetime().nullable(),
    /** The state as people see it at this moment (account-state.sql): `held` waits for its release. */
    stateNow: p
      .string()
      .$type<AccountState>()
      .formula((account) => `account_state_now(${account}.state, ${account}.held_until)`)
      .persist(false),
  },
});
