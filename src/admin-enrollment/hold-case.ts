import type { EntityManager } from '@mikro-orm/postgresql';
import { holdCorporation, isAdministered } from '../corporations/hold-corporation.js';
import { Enrollment, type EnrollmentKind } from './enrollment.entity.js';

/** By which door somebody comes to this company now: as its first administrator, or as one more. */
export async function kindNeeded(
  em: EntityManager,
  corporationId: string,
): Promise<EnrollmentKind> {
  return (await isAdministered(em, corporationId)) ? 'succession' : 'initial';
}

type Which = { id: string } | { caseNumber: string } | { account: string };

/**
 * The newest case of its kind with its company and its newcomer's account. What the desk reviewed
 * is not found: what it grants is a case of its own.
 */
export async function findCase(em: EntityManager, which: Which): Promise<Enrollment | undefined> {
  const found = await em.findOne(
    Enrollment,
    { ...which, applicantEmail: { $ne: null } },
    { populate: ['corporation', 'account'], orderBy: { createdAt: 'desc' }, refresh: true },
  );
  return found ?? undefined;
}

/** The same, as it is once its company is held until the caller's transaction ends. */
export async function holdCase(em: EntityManager, which: Which): Promise<Enrollment | undefined> {
  const found = await findCase(em, which);
  if (!found) return undefined;
  await holdCorporation(em, found.corporation!.id);
  return findCase(em, { id: found.id });
}
