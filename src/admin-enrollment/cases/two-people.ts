import type { EntityManager } from '@mikro-orm/postgresql';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { after, databaseNow } from '../../database/clock.js';
import type { Enrollment } from '../enrollment.entity.js';
import { Witness } from '../witness.entity.js';

/** So long somebody has to object before one person of the desk may let a newcomer stay. */
const UNDISPUTED = { hours: 24 };

/**
 * To let this newcomer stay gives the company away, which two people of the desk do: somebody
 * objected or still could in time, nobody was told and left alone, or nobody else administers the
 * company.
 */
export async function needsTwoPeople(em: EntityManager, enrollment: Enrollment): Promise<boolean> {
  const { id, account, corporation, activatedAt, isAtDesk } = enrollment;
  if (isAtDesk || after(activatedAt!, UNDISPUTED) > (await databaseNow(em))) return true;
  const witnesses = await em.find(
    Witness,
    { enrollment: id },
    { populate: ['account', 'delivery'], refresh: true },
  );
  if (witnesses.some(({ hasObjected }) => hasObjected)) return true;
  if (!witnesses.some(isToldAndLeftAlone)) return true;
  const approved = await approvedAdministrators(em, corporation!.id);
  return approved.every((other) => other === account!.id);
}

function isToldAndLeftAlone({ account, delivery }: Witness): boolean {
  return delivery?.state === 'handed-over' && (account?.state ?? 'active') === 'active';
}
