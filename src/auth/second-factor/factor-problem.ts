import { FormReading, type Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { waitInWords } from '../../web/wait.js';
import { PAPER, type FactorAnswerForm } from './factor.form.js';

const WRONG = say(
  '確認コードを確認できませんでした。アプリに今表示されている6桁の数字か、まだ使っていないリカバリーコードを入力してください。',
);

const WRONG_OF_APP = say(
  '確認コードを確認できませんでした。アプリに今表示されている6桁の数字を入力してください。1つの確認コードは1回だけ使えます。',
);

const WRONG_OF_PAPER = say(
  'リカバリーコードを確認できませんでした。控えたコードのうち、まだ使っていないものを入力してください。',
);

const NOT_PROVED = say(
  'パスキーを確認できませんでした。もう一度お試しになるか、確認コードを入力してください。',
);

const WRONG_OF_PASSKEY = say('パスキーを確認できませんでした。もう一度お試しください。');
const WAIT = {
  short: say('続けて間違えたため、あと{seconds}秒お待ちください。'),
  long: say('続けて間違えたため、あと{minutes}分ほどお待ちください。'),
};

type Refused =
  { reason: 'second-factor-wrong' | 'sign-in-over' } | { reason: 'waiting'; retryAfter: number };

/** Of which kind one was asked. */
const WRONG_OF = {
  app: WRONG_OF_APP,
  paper: WRONG_OF_PAPER,
  either: WRONG,
  passkey: WRONG_OF_PASSKEY,
};

/** What is wrong at the field for the code. @param passkey the answer of one, where it was given */
export function factorProblem(
  name: string,
  refused: Refused,
  passkey = '',
  asked: keyof typeof WRONG_OF = 'either',
): Problem {
  if (!('retryAfter' in refused))
    return { name, sentence: passkey === '' ? WRONG_OF[asked] : NOT_PROVED };
  return { name, sentence: waitInWords(WAIT, refused.retryAfter) };
}

/** How a page with the question for a factor is drawn; without a form for the first time. */
export interface FactorShown {
  form?: FormReading;
  status?: number;
  retryAfter?: number;
}

/** The page once more, after an answer that was refused. @param values of other fields of its form */
export function factorRefused(
  refused: Refused,
  { factorPasskey, by }: FactorAnswerForm,
  values: object = {},
): FactorShown {
  const asked = by === PAPER ? 'paper' : 'either';
  const problem = factorProblem('code', refused, factorPasskey, asked);
  const form = new FormReading(values, problem);
  if (!('retryAfter' in refused)) return { form };
  return { form, status: 429, retryAfter: refused.retryAfter };
}
