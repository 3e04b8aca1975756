import {
  Appointments,
  type Appointed,
  type NamedPerson,
} from '../admin-enrollment/cases/appointments.js';
import type { DeskAct } from '../admin-enrollment/desk-act.js';
import { DeskCases, type DeskCase } from '../admin-enrollment/cases/desk-cases.js';
import { DeskDecisions, type DeskRefusal } from '../admin-enrollment/cases/desk-decisions.js';
import type { Witness } from '../admin-enrollment/witness.entity.js';
import { isOpenLoginId } from '../identity/login-id.js';
import { done, refused, type CommandResult } from './command-result.js';
import { decides } from './decides.js';
import { withApp } from './with-app.js';

type Environment = Record<string, string | undefined>;

type OpenCase = Awaited<ReturnType<DeskCases['open']>>[number];

const REASONS: Record<DeskRefusal | Extract<Appointed, { ok: false }>['reason'], string> = {
  'case-unknown': 'no case has this number. "genkan enrollment list" shows those that are open.',
  'case-over': 'the case is decided already.',
  'case-queued': 'the case waits behind another one of the company. Decide that one first.',
  'mailbox-unproved':
    'the newcomer did not prove the mailbox, so only "dismiss" or "give" ends it.',
  'same-operator': 'somebody else of the desk than the first one does this.',
  'appointment-other': 'somebody else than that is named. "enrollment show" says who.',
  'appointment-missing':
    'nobody is named who waits for a confirmation. "enrollment give" names one.',
};

/** `genkan enrollment list`: cases that nobody decided, those that were objected to first. */
export function listEnrollments(environment: Environment): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const cases = await app.get(DeskCases).open();
    return cases.length === 0 ? done('No case is undecided.') : done(...cases.map(lineOf));
  });
}

/** `genkan enrollment show`: the acts and words of both sides. */
export function showEnrollment(environment: Environment, typed: string): Promise<CommandResult> {
  return withApp(environment, async (app) => {
    const found = await app.get(DeskCases).find(numberOf(typed));
    if (!found) return refused(`${numberOf(typed)}: ${REASONS['case-unknown']}`);
    const { enrollment: shown, witnesses, removed } = found;
    return done(
      `${shown.caseNumber}  ${shown.kind}  ${shown.stage}  ${shown.corporation!.name}`,
      `newcomer  ${shown.applicant}  ${shown.applicantEmail}  login ID ${loginIdOf(found)}`,
      `from      ${shown.address}  network ${shown.network ?? '-'}`,
      `times     applied ${at(shown.startedAt)}  mailbox proved ${at(shown.activatedAt)}  ` +
        `held until ${at(shown.releaseAt)}  probation until ${at(shown.probationEndsAt)}`,
      ...witnesses.flatMap(witnessLines),
      ...removed.map(({ name, role, state }) => `removed   ${name}  ${role}  ${state}`),
      ...(shown.newcomerStatement ? ['newcomer says', ...indented(shown.newcomerStatement)] : []),
      ...(shown.canBeUpheld && shown.upheldBy
        ? [`upheld by ${shown.upheldBy}, not by a second person`]
        : []),
      ...appointmentLines(found),
    );
  });
}

/** `genkan enrollment uphold` and `dismiss`: the newcomer stays, or goes. */
export function decideEnrollment(
  environment: Environment,
  typed: string,
  act: 'uphold' | 'dismiss',
  by: DeskAct,
): Promise<CommandResult> {
  const caseNumber = numberOf(typed);
  return decides(environment, by, async (app, named) => {
    const decided = await app.get(DeskDecisions)[act](caseNumber, named);
    if (!decided.ok) return refused(`${caseNumber}: ${REASONS[decided.reason]}`);
    if (!decided.isComplete)
      return done(
        `${caseNumber}: this gives the company away, so it takes two of the desk. Nothing happens` +
          ` until somebody else does the same: genkan enrollment uphold ${caseNumber}`,
      );
    return act === 'uphold'
      ? done(`${caseNumber}: the newcomer stays. Both sides get a mail.`)
      : done(`${caseNumber}: the newcomer's account is deleted. Both sides get a mail.`);
  });
}

/** `genkan enrollment give`: names the person whom the company is given to. */
export function giveEnrollment(
  environment: Environment,
  typed: string,
  person: NamedPerson,
  by: DeskAct,
): Promise<CommandResult> {
  const caseNumber = numberOf(typed);
  return decides(environment, by, async (app, named) => {
    const given = await app.get(Appointments).give(caseNumber, person, named);
    if (!given.ok) return refused(`${caseNumber}: ${REASONS[given.reason]}`);
    const { former } = given;
    const next = `genkan enrollment confirm ${caseNumber} --email ${given.person.email}`;
    return done(
      ...(former ? [`${caseNumber}: ${nameOf(former)} is named no longer.`] : []),
      `${caseNumber}: ${nameOf(given.person)} is named. Somebody else confirms: ${next}`,
    );
  });
}

/** `genkan enrollment confirm`: the second person of the desk. */
export function confirmEnrollment(
  environment: Environment,
  typed: string,
  email: string,
  by: DeskAct,
): Promise<CommandResult> {
  const caseNumber = numberOf(typed);
  return decides(environment, by, async (app, named) => {
    const confirmed = await app.get(Appointments).confirm(caseNumber, email, named);
    if (!confirmed.ok) return refused(`${caseNumber}: ${REASONS[confirmed.reason]}`);
    return done(
      `${caseNumber}: the newcomer is stopped. ${nameOf(confirmed.person)} gets the activation mail,` +
        ' and takes the place when the mailbox is proved.',
    );
  });
}

function nameOf({ name, email }: Pick<NamedPerson, 'name' | 'email'>): string {
  return `${name} <${email}>`;
}

function loginIdOf({ enrollment: { account } }: DeskCase): string {
  if (!account || account.anonymisedAt) return '(gone)';
  return isOpenLoginId(account.loginId) ? '(to be chosen)' : account.loginId;
}

function numberOf(typed: string): string {
  return typed.trim().toUpperCase();
}

function lineOf(open: OpenCase): string {
  const { caseNumber, kind, stage, startedAt, corporateNumber, corporationName, applicant } = open;
  const told = `told ${open.told} of ${open.witnesses}, ${open.objections} objected`;
  const facts = [caseNumber, kind, stage, at(startedAt), corporateNumber, corporationName];
  return [...facts, applicant, told].join('  ');
}

function witnessLines({ account, email, delivery, objectedAt, statement }: Witness): string[] {
  const who = account ? `${account.name}  account ${account.state}` : `billing contact ${email}`;
  const arrived =
    delivery?.state === 'bounced'
      ? `NOT TOLD (${delivery.serverAnswer})`
      : `mail ${delivery?.state ?? '-'}`;
  const objected = objectedAt ? `objected ${at(objectedAt)}` : 'no objection';
  return [`witness   ${who}  ${arrived}  ${objected}`, ...(statement ? indented(statement) : [])];
}

function appointmentLines({ appointment }: DeskCase): string[] {
  if (!appointment) return [];
  const { name, email, appointedBy, confirmedBy, reason } = appointment;
  const by = `by ${appointedBy}, ${confirmedBy ? `confirmed by ${confirmedBy}` : 'not confirmed'}`;
  return [`given to  ${name}  ${email}  ${by}`, ...indented(reason)];
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`);
}

function at(moment: Date | null | undefined): string {
  return moment ? moment.toISOString() : '-';
}
