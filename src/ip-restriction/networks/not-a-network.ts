import ipaddr from 'ipaddr.js';
import { parseAddress } from '../../web/requests/client-address.js';
import { say, type Sentence } from '../../web/sentence.js';

const FEWEST_MASK_BITS = 16;

/** The reasons why a text is no address; the first that fits is told. */
const REASONS: [form: RegExp, sentence: Sentence][] = [
  [/%/, say('「{typed}」の % から後ろは、お使いの端末の中だけの印です。取り除いてください。')],
  [
    /^(?:.*\.)?0x[\da-f]+(?:\.|$)/i,
    say('「{typed}」は16進数の形です。198.51.100.5 のような形で入力してください。'),
  ],
  [
    /^(?:\d+\.){3}\d+$/,
    say(
      '「{typed}」は、0から255までの数字4つを「.」で区切って入力してください。数字の先頭に余分な0は付けられません。',
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
  ipv4: say('「{typed}」の / の後ろには、IPv4では 16 から 32 までの数字を入力してください。'),
  ipv6: say('「{typed}」の / の後ろには、IPv6では 32 から 128 までの数字を入力してください。'),
};

/** The network behind `192.0.2.0/255.255.255.0` and `192.0.2.*`, which people know from routers. */
export function networkMeantBy(typed: string): string | undefined {
  return networkOfMask(typed) ?? networkOfWildcard(typed);
}

function networkOfMask(typed: string): string | undefined {
  const [address, mask] = typed.split('/').map(parseAddress);
  if (!(address instanceof ipaddr.IPv4) || !(mask instanceof ipaddr.IPv4)) return undefined;
  const length = mask.prefixLengthFromSubnetMask();
  if (length === null || length < FEWEST_MASK_BITS) return undefined;
  return networkAround(address, length);
}

function networkOfWildcard(typed: string): string | undefined {
  if (!/^\d+\.\d+\.(?:\d+|\*)\.\*$/.test(typed)) return undefined;
  const address = parseAddress(typed.replaceAll('*', '0'));
  return address && networkAround(address, typed.includes('*.*') ? 16 : 24);
}

function networkAround(address: ipaddr.IPv4 | ipaddr.IPv6, length: number): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`)}/${length}`;
}

/** The reason why a text is no network: its address, or the length behind it. */
export function whyUnreadable(typed: string): Sentence {
  const [text = ''] = typed.split('/');
  const address = parseAddress(text);
  if (address) return say(LENGTHS[address.kind()].text, { typed });
  const [, reason] = REASONS.find(([form]) => form.test(text)) ?? REASONS.at(-1)!;
  return say(reason.text, { typed });
}
