import { keyOfLane } from '../../src/auth/sign-in/lanes.js';
import type { RunningApp } from './app.js';
import { listExists } from './ip-lists.js';
import type { Corporation, Member } from './people.js';
import { hasFactor, type Equipped } from './second-factor.js';

/** What is written of an account in each of its states. */
export const STATES = {
  active: `state = 'active'`,
  registered: `state = 'registered', activated_at = null`,
  held: `state = 'active', held_until = genkan_now() + interval '1 hour'`,
  'in a case': `state = 'suspended', in_case = true`,
  'suspended by the company': `state = 'suspended', suspended_at = genkan_now(), suspended_by = id`,
  'frozen by the desk': `state = 'suspended', suspended_at = genkan_now(), frozen_by_desk = true`,
  deleted: `state = 'deleted', deleted_from = 'active', deleted_at = genkan_now()`,
};
const AS_BEFORE = `activated_at = genkan_now(), held_until = null, in_case = false, suspended_at = null,
  suspended_by = null, frozen_by_desk = false, deleted_from = null, deleted_at = null`;

export const NETWORKS = [
  'unrestricted',
  'admitted',
  'refused',
  'refused on trial',
  'suspended',
] as const;

/** So long that no code of a factor, each half a minute later, outlasts it. */
const LONG = `genkan_now() + interval '10 days'`;

export interface Caller {
  member: Member;
  factor: Equipped | undefined;
}

export interface Callers {
  corporation: Corporation;
  people: Caller[];
}

/** A company in one of the networks, with somebody of its staff with and without a second factor. */
export async function callersIn(running: RunningApp, network: string): Promise<Callers> {
  const place = NETWORKS.findIndex((known) => known === network);
  const corporateNumber = String(8_000_000 + place);
  const corporation = await running.people.corporationExists({ corporateNumber, name: network });
  const at = (name: string) => ({ corporation, loginId: `${name}-${corporateNumber}`, name });
  await running.people.administratorExists(at('sato'));
  const plain = await running.people.staffExists(at('plain'));
  const equipped = await running.people.staffExists(at('equipped'));
  const factor = await hasFactor(running, equipped);
  if (network !== 'unrestricted') await restrict(running, corporation, network);
  return {
    corporation,
    people: [
      { member: plain, factor: undefined },
      { member: equipped, factor },
    ],
  };
}

async function restrict(running: RunningApp, corporation: Corporation, as: string) {
  const { pool } = running;
  const list = await listExists(running, corporation, ['198.51.0.0/16']);
  if (as === 'refused on trial')
    await pool.query(
      `update ip_versions set confirmed_at = null, confirmed_by_name = null,
         trial_ends_at = ${LONG} where id = $1`,
      [list],
    );
  if (as === 'suspended')
    await pool.query(
      `insert into ip_suspensions (corporation_id, reason, suspended_by, ends_at)
       values ($1, 'お電話', '田村', ${LONG})`,
      [corporation.id],
    );
}

export async function becomes(
  { pool }: RunningApp,
  { id, loginId, email }: Member,
  now: { state: string; isWaiting?: boolean; hasBounced?: boolean },
): Promise<void> {
  await pool.query(`update accounts set ${AS_BEFORE} where id = $1`, [id]);
  await pool.query(`update accounts set ${now.state} where id = $1`, [id]);
  const key = keyOfLane({ loginIdKey: loginId });
  await pool.query('delete from waiting_times where key = $1', [key]);
  if (now.isWaiting)
    await pool.query(`insert into waiting_times values ($1, 9, genkan_now(), ${LONG})`, [key]);
  await pool.query('delete from mail_deliveries where account_id = $1', [id]);
  if (now.hasBounced)
    await pool.query(
      `insert into mail_deliveries (id, kind, account_id, recipient, state, server_answer)
       values (gen_random_uuid(), 'recovery', $1, $2, 'bounced', '550 5.1.1 User unknown')`,
      [id, email],
    );
}
