import type { Person } from '../web/visit.js';

/** Of whom a company asks a second factor, the mildest first. */
export const FACTOR_POLICIES = ['nobody', 'administrators', 'everybody'] as const;

export type FactorPolicy = (typeof FACTOR_POLICIES)[number];

interface AskedSince {
  administratorsAskedSince?: Date | null;
  everybodyAskedSince?: Date | null;
}

export function policyOf({
  administratorsAskedSince,
  everybodyAskedSince,
}: AskedSince): FactorPolicy {
  if (everybodyAskedSince) return 'everybody';
  return administratorsAskedSince ? 'administrators' : 'nobody';
}

export function isMilder(policy: FactorPolicy, than: FactorPolicy): boolean {
  return FACTOR_POLICIES.indexOf(policy) < FACTOR_POLICIES.indexOf(than);
}

/** What holds where both wish something. */
export function stricterOf(one: FactorPolicy, other: FactorPolicy): FactorPolicy {
  return isMilder(one, other) ? other : one;
}

export function isAsked(policy: FactorPolicy, role: Person['role']): boolean {
  return policy === 'everybody' || (policy === 'administrators' && role === 'administrator');
}
