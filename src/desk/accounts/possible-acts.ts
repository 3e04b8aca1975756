import { ACCOUNT_ACTS, type AccountAct } from './account-act-words.js';
import type { AccountReport } from './account-reports.js';

/** What the desk can do about somebody in this state; each act says by itself what else stands in its way. */
export function possibleActs(report: AccountReport): AccountAct[] {
  const { waitsUntil, factorWaitsUntil, sessions, knownBrowsers, canActivate, account } = report;
  const { state, isStoppedByCase, hasProvedMailbox, corporation } = account;
  const advised = report.diagnosis.advice.act;
  const isPossible: Record<AccountAct, boolean> = {
    'end-waits': waitsUntil !== undefined || factorWaitsUntil !== undefined,
    release: state === 'suspended' && !isStoppedByCase && advised !== 'decide-case',
    // Nobody is there: the person applies again with another address.
    'send-activation': canActivate && advised !== 'apply-again',
    'send-recovery': hasProvedMailbox && corporation.state === 'active',
    'end-sessions': hasProvedMailbox && sessions + knownBrowsers > 0,
    freeze: account.canBeFrozen && state === 'active',
  };
  return ACCOUNT_ACTS.filter((act) => isPossible[act]);
}
