import type { Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';

const WRONG = say(
  '確認コードを確認できませんでした。アプリに今表示されている6桁の数字か、まだ使っていないリカバリーコードを入力してください。',
);

const NOT_PROVED = say(
  'パスキーを確認できませんでした。もう一度お試しになるか、確認コードを入力してください。',
);

type Refused =
  { reason: 'second-factor-wrong' | 'sign-in-over' } | { reason: 'waiting'; retryAfter: number };

/** What is wrong at the field for the code. @param passkey the answer of one, where it was given */
export function factorProblem(name: string, refused: Refused, passkey = ''): Problem {
  if (!('retryAfter' in refused)) return { name, sentence: passkey === '' ? WRONG : NOT_PROVED };
  const { retryAfter: seconds } = refused;
  const minutes = Math.ceil(seconds / 60);
  const sentence =
    seconds < 60
      ? say('続けて間違えたため、あと{seconds}秒お待ちください。', { seconds })
      : say('続けて間違えたため、あと{minutes}分ほどお待ちください。', { minutes });
  return { name, sentence };
}
