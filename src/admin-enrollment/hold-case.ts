import type { EntityManager } from '@mikro-orm/postgresql';
import { holdCorporation } from '../corporations/hold-corporation.js';
import { Enrollment } from './enrollment.entity.js';

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
