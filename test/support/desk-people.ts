import type { DeskDecisions } from '../../src/admin-enrollment/cases/desk-decisions.js';
import type { CommandEnd, Operator } from './command.js';

export const BY_TAMURA = { operator: '田村', why: '電話で本人を確認' };
export const BY_NAKAI = { operator: '中井', why: '登記簿で確認' };

export const TAMURA = ['--operator', BY_TAMURA.operator, '--reason', BY_TAMURA.why];
export const NAKAI = ['--operator', BY_NAKAI.operator, '--reason', BY_NAKAI.why];

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
