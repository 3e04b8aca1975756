import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../../database/tables.js';
import { routedPath } from '../../web/own-path.js';
import { say, type Sentence } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import type { KeptFields } from '../../web/visit.js';

/** By the paths of acts on people: where their names are, and the id. */
const NAMES = {
  accounts: 'name',
  invitations: 'name',
  enrollments: 'applicant',
} as const;

/** On whom of the company the interrupted act is; null where it is on nobody else, or on several. */
export async function interruptedWhom(
  em: EntityManager,
  corporation: string,
  action: string,
  fields: KeptFields,
): Promise<Sentence | null> {
  const [, part = '', id = '', third = ''] = routedPath(action).split('/');
  if (part === 'admin-enrollment') return named(em, corporation, 'enrollments', third);
  if (part !== 'accounts') return null;
  if (id === 'invitations') return named(em, corporation, 'invitations', fields.invitationId);
  return named(em, corporation, 'accounts', id === 'deletion' ? fields.accountId : id);
}

async function named(
  em: EntityManager,
  corporation: string,
  table: keyof typeof NAMES,
  given: unknown,
): Promise<Sentence | null> {
  const [id, ...others] = [given].flat();
  if (others.length > 0) return say('{count}名', { count: others.length + 1 });
  if (!isUuid(id)) return null;
  const found = await tables(em)
    .selectFrom(table)
    .select(`${NAMES[table]} as name`)
    .where('id', '=', id)
    .where('corporation_id', '=', corporation)
    .executeTakeFirst();
  return found?.name ? say('{name} 様', { name: found.name }) : null;
}
