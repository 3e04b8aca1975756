import { createHash } from 'node:crypto';
import { HOUR_SECONDS } from '../../durations.js';
import type { Account } from '../../identity/account.entity.js';
import type { Limit } from '../../limits/limits.js';
import type { Visit } from '../../web/visit.js';

/** The budget that a try is charged to: a known browser's, or everybody else's at that login ID. */
export type AttemptLane = { device: string } | { loginIdKey: string };

/** The same for tries at the second factor: a known browser's, or everybody else's at that account. */
export interface FactorLane {
  factorOf: string;
  device: string | undefined;
  /** Behind mailbox and numbers: failures of those who know the password alone do not count there. */
  inRecovery?: boolean | undefined;
}

/** The desk's people, by their browser or login ID: they share no count with customers. */
export type DeskLane = { operatorBrowser: string } | { operatorKey: string };

export interface DeskFactorLane {
  factorOfOperator: string;
  operatorBrowser: string | undefined;
}

/** An account that may have to wait. */
export type Waiter = Pick<Account, 'id' | 'loginIdKey'>;

export type Lane = AttemptLane | FactorLane | DeskLane | DeskFactorLane;

/**
 * The wrong codes that all known browsers of one owner have together, an account or somebody of the
 * desk: many browsers do not add up to many tries. Accounts take it in pending-sign-ins.sql.
 */
export function knownBrowsersOf(ownerId: string): Limit {
  return { key: `known-wrong-codes:${ownerId}`, maximum: 20, seconds: HOUR_SECONDS };
}

/** All lanes of one person; what known browsers have together stands beside them. @param devices the known ones */
export function lanesOf({ id, loginIdKey }: Waiter, devices: string[]) {
  const passwords: AttemptLane[] = [{ loginIdKey }, ...devices.map((device) => ({ device }))];
  const codes: FactorLane[] = [
    { factorOf: id, device: undefined },
    { factorOf: id, device: undefined, inRecovery: true },
    ...devices.map((device) => ({ factorOf: id, device })),
  ];
  return { passwords, codes };
}

/** Login IDs are counted by a digest: unknown ones may be of any length. */
export function keyOfLane(lane: Lane): string {
  if ('factorOfOperator' in lane)
    return `desk-factor:${lane.factorOfOperator}:${lane.operatorBrowser ?? ''}`;
  if ('operatorBrowser' in lane) return `desk-browser:${lane.operatorBrowser}`;
  if ('operatorKey' in lane) return `desk-login-id:${digestOf(lane.operatorKey)}`;
  if ('factorOf' in lane) return keyOfFactorLane(lane);
  if ('device' in lane) return `device:${lane.device}`;
  return `login-id:${digestOf(lane.loginIdKey)}`;
}

function digestOf(loginIdKey: string): string {
  return createHash('sha256').update(loginIdKey).digest('base64url');
}

function keyOfFactorLane({ factorOf, device, inRecovery }: FactorLane): string {
  if (device) return `factor:device:${device}`;
  return `factor:${inRecovery ? 'recovery' : 'account'}:${factorOf}`;
}

/** Where failures of new browsers count: the address or /64, and the /24 or /48 around it. */
export function networkKeys(
  { client, site }: Pick<Visit, 'client' | 'site'>,
  lane: object = {},
): [string, string] {
  const kind = 'operatorKey' in lane ? 'desk-network' : 'network';
  return [`${kind}:${client}`, `${kind}:${site}`];
}
