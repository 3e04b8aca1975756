import type { Account } from '../../identity/account.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Diagnosis } from './diagnoses.js';
import type { CheckAnswer } from './door-checks.js';
import { helpOf } from './help.js';

export const CHECK_ANSWERS: Record<CheckAnswer, { tone: string; text: Sentence }> = {
  passes: { tone: 'success', text: say('問題なし') },
  stops: { tone: 'error', text: say('ここが原因です') },
  'stops-too': { tone: 'error', text: say('これも原因です') },
  note: { tone: 'warning', text: say('要確認') },
  info: { tone: 'info', text: say('参考') },
};

/** The model of the partial `diagnosis`. */
export function diagnosisView({ checks, stops, isUncertain, advice }: Diagnosis, account: Account) {
  const { label, page } = helpOf(advice.act);
  const { id, corporation } = account;
  const party = { account: id, corporation: corporation.id, caseNumber: advice.caseNumber ?? '' };
  return {
    stoppedAt: checks.find(({ answer }) => answer === 'stops')?.title ?? null,
    alsoStoppedAt: checks.filter(({ answer }) => answer === 'stops-too').map(({ title }) => title),
    isStopped: stops.length > 0,
    isUncertain,
    areMailsLost: advice.mail !== undefined,
    cause: advice.mail?.cause ?? null,
    sentence: advice.sentence,
    also: advice.also ?? null,
    help: { label, path: page?.(party) ?? null },
    checks: checks.map(({ answer, ...check }) => ({ ...check, answer: CHECK_ANSWERS[answer] })),
  };
}
