import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, sqlOne } from '../../database/sql.js';
import type { ApplicationFacts } from '../../mail/enrollment-mails.js';
import type { Language } from '../../web/texts.js';

/** Where a case stands at this moment; time alone leads from `held` to `probation` to `completed`. */
export type Stage =
  | 'review'
  | 'queued'
  | 'awaiting-activation'
  | 'held'
  | 'probation'
  | 'completed'
  | 'approved'
  | 'objected'
  | 'withdrawn'
  | 'expired'
  | 'refused';

/** A case of a succession, as its two sides and the desk see it. */
export interface CaseFacts {
  id: string;
  caseNumber: string;
  stage: Stage;
  corporationId: string;
  corporationName: string;
  /** Null once the newcomer's account is gone. */
  accountId: string | null;
  loginId: string | null;
  applicant: string;
  email: string;
  language: Language;
  address: string;
  network: string;
  startedAt: Date;
  activatedAt: Date | null;
  releaseAt: Date | null;
  probationEndsAt: Date | null;
  statement: string | null;
  /** The administrators of the company were told of it: it began. */
  wasTold: boolean;
}

const WAS_TOLD = 'exists (select from objections o where o.enrollment_id = e.id)';

/** Without the reviews by the desk, whose details are sealed: what they grant is a case of its own. */
const SELECT = `
  select e.id, e.case_number as "caseNumber", s.stage, e.corporation_id as "corporationId",
         c.name as "corporationName", a.id as "accountId", a.login_id as "loginId",
         e.applicant, e.applicant_email as email, e.language, host(e.address) as address, e.network,
         e.started_at as "startedAt", e.activated_at as "activatedAt", e.release_at as "releaseAt",
         e.probation_ends_at as "probationEndsAt", e.newcomer_statement as statement,
         ${WAS_TOLD} as "wasTold"
  from enrollments e
  join enrollment_stages s on s.id = e.id
  join corporations c on c.id = e.corporation_id
  left join accounts a on a.id = e.account_id and a.anonymised_at is null
  where e.kind = 'succession' and e.applicant_email is not null`;

type Key = 'e.id' | 'e.account_id' | 'e.case_number';

/** The succession by its own id, its newcomer's account or its case number; the newest of several. */
export async function findCase(
  em: EntityManager,
  key: Key,
  value: string,
): Promise<CaseFacts | undefined> {
  return sqlOne<CaseFacts>(em, `${SELECT} and ${key} = $1 order by e.created_at desc limit 1`, [
    value,
  ]);
}

/** The successions of a company that its administrators were told of, the latest first. */
export async function casesOf(em: EntityManager, corporationId: string): Promise<CaseFacts[]> {
  return sql<CaseFacts>(
    em,
    `${SELECT} and e.corporation_id = $1 and ${WAS_TOLD}
     order by e.started_at desc limit 50`,
    [corporationId],
  );
}

/** Of a mail address only what tells a company from a stranger: its domain. */
function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** What both sides and the desk may know of the application. */
export function applicationFacts(facts: CaseFacts): ApplicationFacts {
  const { caseNumber, corporationName, applicant, email, startedAt: at, address, network } = facts;
  const mailDomain = domainOf(email);
  return { caseNumber, corporationName, applicant, mailDomain, at, address, network };
}
