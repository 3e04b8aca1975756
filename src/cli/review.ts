import { Reviews, type Reviewed } from '../admin-enrollment/applications/reviews.js';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import type { Enrollment } from '../admin-enrollment/enrollment.entity.js';
import { done, refused, type CommandResult } from './command-result.js';
import { decides } from './decides.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

/** `genkan review list`: the cases that wait for the desk's decision. */
export function listReviews(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const cases = await app.get(Reviews).open();
    return cases.length === 0 ? done('No application waits.') : done(...cases.map(lineOf));
  });
}

/** `genkan review grant` and `genkan review refuse`. */
export function decideReview(
  environment: Environment,
  typed: string,
  decision: 'grant' | 'refuse',
  by: DeskAct,
): Promise<CommandResult> {
  const caseNumber = typed.trim().toUpperCase();
  return decides(environment, by, async (app, named) => {
    const decided = await app.get(Reviews)[decision](caseNumber, named);
    if (!decided.ok) return refused(`${caseNumber}: ${REASONS[decided.reason]}`);
    return decision === 'grant'
      ? done(`${caseNumber} is granted. The applicant gets the activation mail.`)
      : done(`${caseNumber} is refused. The applicant gets a mail that says so.`);
  });
}

const REASONS: Record<Extract<Reviewed, { ok: false }>['reason'], string> = {
  'case-unknown': 'no open case has this number. "genkan review list" shows those that wait.',
  'numbers-unmatched': 'the two numbers belong to no company, so only "review refuse" is left.',
  'administrators-exist': 'the company has administrators by now.',
  'case-at-desk': 'a case of the company waits for the decision: "genkan enrollment list".',
  'no-administrators': 'the company has no administrator: they register at /initiate.',
  'too-many-applications': 'five applications of the company wait already.',
  'login-id-taken': 'the login ID was taken meanwhile. Refuse, and ask for another application.',
};

function lineOf(waiting: Enrollment): string {
  const { caseNumber, kind, createdAt, corporateNumber, corporation, applicant, address } = waiting;
  const company = corporation?.name ?? '(the numbers match no company)';
  const since = createdAt.toISOString();
  return [caseNumber, kind, since, corporateNumber, company, applicant, `from ${address}`].join(
    '  ',
  );
}
