import { isOpenLoginId } from '../admin-enrollment/registered-account.js';
import {
  DeskCases,
  type ActReport,
  type OpenCase,
  type WitnessReport,
} from '../admin-enrollment/succession/desk-cases.js';
import { DeskDecisions, type DeskRefusal } from '../admin-enrollment/succession/desk-decisions.js';
import { done, refused, type CommandResult } from './command-result.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

const REASONS: Record<DeskRefusal, string> = {
  'case-unknown': 'no case has this number. "genkan enrollment list" shows those that are open.',
  'case-over': 'the case is decided already.',
  'case-queued': 'the case waits behind another one of the company. Decide that one first.',
  'last-administrator':
    'nobody else could sign in for the company. It needs another administrator first.',
};

/** `genkan enrollment list`: successions that nobody decided, those that were objected to first. */
export function listEnrollments(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const cases = await app.get(DeskCases).open();
    return cases.length === 0 ? done('No succession is undecided.') : done(...cases.map(lineOf));
  });
}

/** `genkan enrollment show`: the acts and words of both sides. */
export function showEnrollment(environment: Environment, typed: string): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const found = await app.get(DeskCases).find(numberOf(typed));
    if (!found) return refused(`${numberOf(typed)}: ${REASONS['case-unknown']}`);
    const { facts, witnesses, acts } = found;
    return done(
      `${facts.caseNumber}  ${facts.stage}  ${facts.corporationName}`,
      `newcomer  ${facts.applicant}  ${facts.email}  login ID ${loginIdOf(facts)}`,
      `from      ${facts.address}  network ${facts.network}`,
      `times     applied ${at(facts.startedAt)}  mailbox proved ${at(facts.activatedAt)}  ` +
        `held until ${at(facts.releaseAt)}  probation until ${at(facts.probationEndsAt)}`,
      ...witnesses.flatMap(witnessLines),
      ...acts.map(actLine),
      ...(facts.statement ? ['newcomer says', ...indented(facts.statement)] : []),
    );
  });
}

/** `genkan enrollment uphold` and `dismiss`: the newcomer stays, or goes. */
export function decideEnrollment(
  environment: Environment,
  typed: string,
  upheld: boolean,
): Promise<CommandResult> {
  const caseNumber = numberOf(typed);
  return withApp(environment, async (app) => {
    const decided = await app.get(DeskDecisions).decide(caseNumber, upheld);
    if (!decided.ok) return refused(`${caseNumber}: ${REASONS[decided.reason]}`);
    return upheld
      ? done(`${caseNumber}: the newcomer stays. Both sides get a mail.`)
      : done(`${caseNumber}: the newcomer's account is deleted. Both sides get a mail.`);
  });
}

function loginIdOf({ loginId }: { loginId: string | null }): string {
  if (loginId === null) return '(gone)';
  return isOpenLoginId(loginId) ? '(to be chosen)' : loginId;
}

function numberOf(typed: string): string {
  return typed.trim().toUpperCase();
}

function lineOf(open: OpenCase): string {
  const { caseNumber, stage, startedAt, corporateNumber, corporationName, applicant } = open;
  const told = `told ${open.told} of ${open.administrators}, ${open.objections} objected`;
  const facts = [caseNumber, stage, at(startedAt), corporateNumber, corporationName, applicant];
  return [...facts, told].join('  ');
}

function witnessLines({
  name,
  state,
  delivery,
  serverAnswer,
  objectedAt,
  statement,
}: WitnessReport) {
  const arrived = delivery === 'bounced' ? `NOT TOLD (${serverAnswer})` : `mail ${delivery ?? '-'}`;
  const objected = objectedAt ? `objected ${at(objectedAt)}` : 'no objection';
  return [
    `witness   ${name}  account ${state}  ${arrived}  ${objected}`,
    ...(statement ? indented(statement) : []),
  ];
}

function actLine({ at: moment, actor, act, target, undone }: ActReport): string {
  return `act       ${at(moment)}  ${actor}: ${act} of ${target}${undone ? ' (undone)' : ''}`;
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`);
}

function at(moment: Date | null): string {
  return moment ? moment.toISOString() : '-';
}
