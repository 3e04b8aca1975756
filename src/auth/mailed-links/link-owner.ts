import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../../database/tables.js';
import type { CookieOwner } from '../../web/proven-cookies.js';
import type { LinkPurpose, MailedLink } from './mailed-link.entity.js';

type Db = ReturnType<typeof tables>;
type CompanyOf = (
  db: Db,
  link: Pick<MailedLink, 'id' | 'subject'>,
) => Promise<{ company: string | null } | undefined>;

const ofRow =
  (table: 'accounts' | 'invitations' | 'factor_removals'): CompanyOf =>
  (db, { subject }) =>
    db
      .selectFrom(table)
      .select('corporation_id as company')
      .where('id', '=', subject)
      .executeTakeFirst();

const ofMailbox: CompanyOf = (db, { id }) =>
  db
    .selectFrom('recoveries as r')
    .innerJoin('accounts as a', 'a.email_key', 'r.email_key')
    .select('a.corporation_id as company')
    .where('r.link_id', '=', id)
    .orderBy('a.corporation_id')
    .limit(1)
    .executeTakeFirst();

const ofWitness: CompanyOf = (db, { subject }) =>
  db
    .selectFrom('witnesses as w')
    .innerJoin('enrollments as e', 'e.id', 'w.enrollment_id')
    .select('e.corporation_id as company')
    .where('w.id', '=', subject)
    .executeTakeFirst();

const ofEmailChange: CompanyOf = (db, { subject }) =>
  db
    .selectFrom('email_changes as c')
    .innerJoin('accounts as a', 'a.id', 'c.account_id')
    .select('a.corporation_id as company')
    .where('c.id', '=', subject)
    .executeTakeFirst();

const ofObjector: CompanyOf = (db, { subject }) =>
  db
    .selectFrom('factor_objectors as o')
    .innerJoin('factor_removals as r', 'r.id', 'o.removal_id')
    .select('r.corporation_id as company')
    .where('o.id', '=', subject)
    .executeTakeFirst();

/** Before the numbers were compared it is of no company, and anybody may have as many as they like. */
const ofNone: CompanyOf = () => Promise.resolve({ company: 'unproved' });

const COMPANY_OF: Record<LinkPurpose, CompanyOf> = {
  activation: ofRow('accounts'),
  application: ofNone,
  recovery: ofMailbox,
  invitation: ofRow('invitations'),
  objection: ofWitness,
  'email-proof': ofEmailChange,
  'email-undo': ofEmailChange,
  'sign-in-report': ofRow('accounts'),
  'lost-factor': ofRow('accounts'),
  'factor-objection': ofObjector,
  'factor-enrolment': ofRow('factor_removals'),
  'second-factor-report': ofRow('accounts'),
  'operator-set-up': () => Promise.resolve({ company: 'desk' }),
};

/**
 * In whose turns its reader asks: somebody may have many links, but they are of one company. Not in those
 * of its signed-in people, whom no former colleague with an invoice keeps waiting.
 */
export async function ownerOfLink(
  em: EntityManager,
  link: Pick<MailedLink, 'id' | 'purpose' | 'subject'>,
): Promise<CookieOwner> {
  const found = await COMPANY_OF[link.purpose](tables(em), link);
  return { site: `links of ${found?.company ?? link.id}`, client: link.id };
}
