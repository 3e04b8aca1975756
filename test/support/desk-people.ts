import type { DeskDecisions } from '../../src/admin-enrollment/cases/desk-decisions.js';
import type { RunningApp } from './app.js';
import { Operator, type CommandEnd } from './command.js';
import type { Corporation } from './people.js';
import { applicant } from './registration.js';
import { objectionLink, objects, takesOver, type LeftBehind } from './succession.js';

export const BY_TAMURA = { operator: '田村', why: '電話で本人を確認' };
export const BY_NAKAI = { operator: '中井', why: '登記簿で確認' };

export const TAMURA = ['--operator', BY_TAMURA.operator, '--reason', BY_TAMURA.why];
export const NAKAI = ['--operator', BY_NAKAI.operator, '--reason', BY_NAKAI.why];

/** The number and the state of a company's only case. */
export async function onlyCase(
  { pool }: RunningApp,
  { corporation }: { corporation: Corporation },
): Promise<{ number: string; state: string }> {
  const { rows } = await pool.query<{ number: string; state: string }>(
    'select case_number as number, state from enrollments where corporation_id = $1',
    [corporation.id],
  );
  return rows[0]!;
}

/** Two people of the desk, one after the other. @returns what the second one reads */
export async function uphold(operator: Operator, caseNumber: string): Promise<CommandEnd> {
  await operator.types('enrollment', 'uphold', caseNumber, ...TAMURA);
  return operator.types('enrollment', 'uphold', caseNumber, ...NAKAI);
}

/** The same without a terminal. */
export async function upholdBy(desk: DeskDecisions, caseNumber: string) {
  await desk.uphold(caseNumber, BY_TAMURA);
  return desk.uphold(caseNumber, BY_NAKAI);
}

/** Two people of the desk, where nobody objected. @returns what the second one reads */
export async function dismiss(operator: Operator, caseNumber: string): Promise<CommandEnd> {
  await operator.types('enrollment', 'dismiss', caseNumber, ...TAMURA);
  return operator.types('enrollment', 'dismiss', caseNumber, ...NAKAI);
}

/** A company whose administrator objected to a newcomer, and which two of the desk give to somebody else. */
export async function isGivenTo(
  running: RunningApp,
  company: Pick<LeftBehind, 'corporation' | 'sato'>,
  email: string,
): Promise<void> {
  const operator = new Operator(running);
  const left = {
    ...company,
    suzuki: applicant(`disputed-${company.sato.loginId}`, { name: '鈴木 一郎' }),
  };
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = await onlyCase(running, left);
  const who = ['--name', '小川 恵', '--kana', 'おがわ めぐみ', '--email', email];
  await operator.types('enrollment', 'give', number, ...who, ...TAMURA);
  await operator.types('enrollment', 'confirm', number, '--email', email, ...NAKAI);
}

/** An application that was under review goes its usual way. */
export async function grant(operator: Operator, caseNumber: string): Promise<void> {
  const granted = await operator.types('review', 'grant', caseNumber, ...TAMURA);
  expect(granted).toMatchObject({ exitCode: 0, err: '' });
}
