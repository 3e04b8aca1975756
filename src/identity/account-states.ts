import { say } from '../web/sentence.js';

/**
 * The states of an account as people see them: a chip's colour, which never stands without its text.
 * `held` is a newcomer who may not act yet, `registered` has not proved the mailbox.
 */
export const ACCOUNT_STATES = {
  active: { tone: 'success', text: say('利用中') },
  held: { tone: 'warning', text: say('保留中') },
  suspended: { tone: 'warning', text: say('利用停止中') },
  registered: { tone: 'info', text: say('登録未完了') },
  deleted: { tone: 'error', text: say('削除済み') },
} as const;

/** A newcomer whom an objection stopped: nobody of the company lets him in again. */
export const STOPPED_BY_CASE = {
  tone: 'warning',
  text: say('利用停止中（担当窓口の判断待ち）'),
} as const;

export type AccountState = keyof typeof ACCOUNT_STATES;

export const accountStates = Object.keys(ACCOUNT_STATES) as AccountState[];

/** Who can end a suspension: the company's administrators, or the desk alone. */
export type Suspender = 'company' | 'desk';

/** Undefined where nothing is suspended, or the desk decides a case. */
export function suspenderOf(account: {
  state: AccountState;
  isStoppedByCase: boolean;
  frozenByDesk: boolean;
}): Suspender | undefined {
  if (account.state !== 'suspended' || account.isStoppedByCase) return undefined;
  return account.frozenByDesk ? 'desk' : 'company';
}
