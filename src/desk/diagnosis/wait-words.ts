import { say, type Sentence } from '../../web/sentence.js';
import { secondsUntil, waitInWords, type WaitWords } from '../../web/wait.js';
import type { DoorFacts } from './door-facts.js';

/** After what it comes. */
type Wait = 'network' | 'password' | 'code';

const SAID: Record<Wait, WaitWords> = {
  network: {
    short: say(
      '同じネットワークからの失敗が続いたため、確認を停止しています。あと{seconds}秒お待ちになってから、もう一度お試しください。',
    ),
    long: say(
      '同じネットワークからの失敗が続いたため、確認を停止しています。あと{minutes}分ほどお待ちになってから、もう一度お試しください。',
    ),
  },
  password: {
    short: say(
      'パスワードの間違いが続いたため、あと{seconds}秒、確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
    ),
    long: say(
      'パスワードの間違いが続いたため、あと{minutes}分ほど、確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
    ),
  },
  code: {
    short: say(
      '確認コードの間違いが続いたため、あと{seconds}秒、確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
    ),
    long: say(
      '確認コードの間違いが続いたため、あと{minutes}分ほど、確認を停止しています。お待ちになるか、こちらで待ち時間を終えることもできます。',
    ),
  },
};

const DETAIL: Record<Wait, WaitWords> = {
  network: {
    short: say('同じネットワークからの失敗が多いため、あと{seconds}秒、確認しません。'),
    long: say('同じネットワークからの失敗が多いため、あと{minutes}分ほど、確認しません。'),
  },
  password: {
    short: say('失敗が続いたため、あと{seconds}秒、パスワードを確認しません。'),
    long: say('失敗が続いたため、あと{minutes}分ほど、パスワードを確認しません。'),
  },
  code: {
    short: say('確認コードの失敗が続いたため、あと{seconds}秒、確認しません。'),
    long: say('確認コードの失敗が続いたため、あと{minutes}分ほど、確認しません。'),
  },
};

/** What to say on the telephone. */
export function waitSaid(wait: Wait, seconds: number): Sentence {
  return waitInWords(SAID[wait], seconds);
}

export function waitDetail({ waitsUntil, factorWaitsUntil, attempt, now }: DoorFacts): Sentence {
  if (attempt.networkWaits > 0) return waitInWords(DETAIL.network, attempt.networkWaits);
  const end = waitsUntil ?? factorWaitsUntil;
  if (!end) return say('待っていません。');
  return waitInWords(waitsUntil ? DETAIL.password : DETAIL.code, secondsUntil(end, now));
}
