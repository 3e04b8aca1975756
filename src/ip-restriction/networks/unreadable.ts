import { say, type Sentence } from '../../web/sentence.js';
import { readAddress } from './network.js';

/** What is wrong with a text that is no address, the closest reason first. */
const REASONS: [form: RegExp, sentence: Sentence][] = [
  [/%/, say('「{typed}」の % から後ろは、お使いの端末の中だけの印です。取り除いてください。')],
  [
    /^(?:.*\.)?0x[\da-f]+(?:\.|$)/i,
    say('「{typed}」は16進数の形です。198.51.100.5 のような形で入力してください。'),
  ],
  [
    /^(?:\d+\.){3}\d+$/,
    say(
      '「{typed}」は、. で区切った数字がそれぞれ 0 から 255 で、0 で始まらない形にしてください。',
    ),
  ],
  [
    /^\d+(?:\.\d+){0,2}\.?$/,
    say(
      '「{typed}」は、4つの数字がそろった形になっていません。198.51.100.5 のように入力してください。',
    ),
  ],
  [
    /^(?:(?:\d+\.){3}\d+|\[[\da-f:.]+\]):\d+$/i,
    say('「{typed}」の最後の : から後ろ（ポート番号）を取り除いてください。'),
  ],
  [
    /./,
    say(
      '「{typed}」を読み取れません。198.51.100.5 や 198.51.100.0/24 のように、数字と . と / で入力してください。IPv6は 2001:db8::/64 のような形です。',
    ),
  ],
];

const LENGTHS = {
  4: say('「{typed}」の / の後ろには、IPv4では 16 から 32 までの数字を入力してください。'),
  6: say('「{typed}」の / の後ろには、IPv6では 32 から 128 までの数字を入力してください。'),
};

/** Why a text is no network, as closely as it can be told. */
export function whyUnreadable(typed: string): Sentence {
  const [address = ''] = typed.split('/');
  const read = readAddress(address);
  const { text } = read
    ? LENGTHS[read.family]
    : (REASONS.find(([form]) => form.test(address)) ?? REASONS.at(-1)!)[1];
  return say(text, { typed });
}
