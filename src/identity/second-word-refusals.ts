import { say, type Sentence } from '../web/sentence.js';
import type { SecondWordRefusal } from './second-words.js';

/** Whose word is no second one, for that person. */
export const SECOND_WORD_REFUSALS: Record<SecondWordRefusal, Sentence> = {
  'same-operator': say(
    '1人目のオペレーターとは別のオペレーターが行います。メールアドレスが同じ方は、同じ方とみなします。',
  ),
  'operator-bound': say(
    '1人目の方と、一方が他方を追加したか、設定をやり直させたか、責任者にした間柄のため、2人目にはなれません。別の方が行います。',
  ),
  'operator-new': say(
    '2人目としての判断は、設定や責任者への変更から24時間はできません。{time}からできます。',
  ),
};
