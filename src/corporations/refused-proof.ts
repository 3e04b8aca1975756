import type { Config } from '../config.js';
import { HOUR_SECONDS } from '../durations.js';
import { page, type Answer } from '../web/answers.js';
import type { Problem } from '../web/forms/forms.js';
import { say } from '../web/sentence.js';
import type { ExhaustedProof } from './invoice-proof.js';

/** The one neutral sentence for every mismatch of the two numbers. */
export const unmatched: Problem = {
  name: 'corporateNumber',
  sentence: say(
    '法人番号とお振込先口座番号の組み合わせを確認できませんでした。ご請求書に記載されている2つの番号を、もう一度ご確認ください。',
  ),
};

const UNMATCHED_WITH_INVOICE: Problem = {
  name: 'corporateNumber',
  sentence: say(
    '法人番号、お振込先口座番号、請求書番号（または請求金額）の組み合わせを確認できませんでした。いちばん新しいご請求書か、その1つ前のご請求書に記載されている内容を、もう一度ご確認ください。',
  ),
};

/** The same where the newest invoice is asked too: it tells not which of the three is wrong. */
export function unmatchedWhere({ enrollmentProof }: Pick<Config, 'enrollmentProof'>): Problem {
  return enrollmentProof === 'invoice' ? UNMATCHED_WITH_INVOICE : unmatched;
}

/** Seconds: the ended case is closed for good, and a new one begins at once. */
const NEW_CASE_AFTER = 1;

/**
 * The page for too many wrong pairs: whose they were, when to try again, and where to get help.
 * @param beginning the path of a new case
 */
export function exhausted({ reason, retryAfter }: ExhaustedProof, beginning: string): Answer {
  const hours = Math.max(1, Math.ceil(retryAfter / HOUR_SECONDS));
  const isCaseAlone = reason === 'case-exhausted';
  const title = isCaseAlone
    ? say('番号を確認できませんでした')
    : say('番号の確認を一時停止しています');
  const model = { hours, reason, beginning };
  const options = { status: 429, retryAfter: isCaseAlone ? NEW_CASE_AFTER : retryAfter };
  return page('corporations/exhausted', title, model, options);
}
