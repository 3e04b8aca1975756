import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, sqlOne } from '../../database/sql.js';

/** Closes the cases of a company whose time is over, under its held row. */
export async function closeOver(em: EntityManager, corporationId: string): Promise<void> {
  await sql(
    em,
    `with over as (
       update enrollments e set state = s.stage, decided_at = genkan_now()
       from enrollment_stages s
       where s.id = e.id and e.corporation_id = $1 and e.kind = 'succession'
         and (s.stage = 'expired' and e.state = 'awaiting-activation'
           or s.stage = 'completed' and e.state = 'running')
       returning e.account_id, e.state)
     delete from accounts a using over
     where a.id = over.account_id and over.state = 'expired' and a.state = 'registered'`,
    [corporationId],
  );
}

/** Whether a case of the company still has to be decided. Ask under its held row. */
export async function isRunning(em: EntityManager, corporationId: string): Promise<boolean> {
  const found = await sqlOne(
    em,
    `select from enrollments where corporation_id = $1 and kind = 'succession'
       and state in ('awaiting-activation', 'running', 'objected') limit 1`,
    [corporationId],
  );
  return found !== undefined;
}
