import { cleanCode } from '../../web/forms/fields.js';
import { say, type Sentence } from '../../web/sentence.js';
import { networksOfRange } from './address-range.js';
import {
  BITS,
  networkAt,
  networkText,
  networkToRegister,
  readAddress,
  type Network,
} from './network.js';
import { networkMeantBy, whyUnreadable } from './not-a-network.js';
import { whyNobodyComesFrom } from './special-networks.js';

/** A better network than the typed one; a page offers it as a button. */
export interface Offer {
  sentence: Sentence;
  network: string;
}

export type NetworkReading =
  | { ok: true; networks: string[]; advice?: Offer }
  | { ok: false; sentence: Sentence; offer?: string };

const DASHES = /[\p{Pd}\u2212\u30fc\uff70\u301c~]/gu;
const SHORTEST = { 4: 16, 6: 32 } as const;
/** Longer than a range of two addresses. */
export const LONGEST_NETWORK = 100;
const BEGINNING = 30;

const HOST_BITS = say(
  '「{typed}」は、ネットワークの先頭のアドレスになっていません。{network} ではありませんか。',
);
const ROUTER_NOTATION = say(
  '「{typed}」は、/ と数字を使った形で登録します。{network} ではありませんか。',
);

/**
 * Reads a typed address, CIDR or range `a-b`; full-width characters are fine.
 * @param allowPrivate accepts private, loopback and documentation addresses (`IP_ALLOW_PRIVATE`)
 * @returns the networks as `192.0.2.0/24` (several only for a range), possibly with advice; or the
 *   reason of the refusal, possibly with the network that was probably meant
 */
export function readNetwork(typed: string, allowPrivate = false): NetworkReading {
  if (typed.trim().length > LONGEST_NETWORK) return no(whyUnreadable(beginningOf(typed)));
  const text = cleanNetwork(typed);
  if (text === '') return no(say('IPアドレスを入力してください。'));
  return text.includes('-') ? readRange(text, allowPrivate) : readCidr(text, allowPrivate);
}

/** Recognised by the one who typed it. */
function beginningOf(typed: string): string {
  return `${cleanNetwork(typed.trim().slice(0, BEGINNING))}…`;
}

function readCidr(text: string, allowPrivate: boolean): NetworkReading {
  const meantBy = networkMeantBy(text);
  if (meantBy !== undefined) {
    const reading = readCidr(meantBy, allowPrivate);
    return reading.ok ? offered(ROUTER_NOTATION, text, meantBy) : reading;
  }
  const [address = '', bits, ...rest] = text.split('/');
  const read = readAddress(address);
  if (!read || rest.length > 0) return no(whyUnreadable(text));
  const { family, value } = read;
  const isMapped = family === 4 && address.includes(':');
  const length = bits === undefined ? BITS[family] : lengthOf(bits, isMapped ? 96 : 0);
  if (length === undefined || length < 0 || length > BITS[family]) return no(whyUnreadable(text));
  const network = networkAt(family, value, length);
  const refused = whyRefused(network, allowPrivate);
  if (refused) return no(refused);
  const meant = networkText(network);
  if (network.first !== value) return offered(HOST_BITS, text, meant);
  if (family === 6 && length === 128) return { ok: true, networks: [meant], advice: advice(value) };
  return { ok: true, networks: [meant] };
}

function readRange(text: string, allowPrivate: boolean): NetworkReading {
  const [from = '', to = '', ...rest] = text.split('-');
  const [first, last] = [readAddress(from), readAddress(to)];
  if (!first || rest.length > 0) return no(whyUnreadable(rest.length > 0 ? text : from));
  if (!last) return no(whyUnreadable(to));
  if (first.family !== last.family || first.value > last.value)
    return no(
      say(
        '「{typed}」の範囲を読み取れません。小さいほうのアドレスを先に、同じ種類（IPv4どうし、IPv6どうし）で入力してください。例：198.51.100.1-198.51.100.6',
        { typed: text },
      ),
    );
  const networks = networksOfRange(first.family, first.value, last.value);
  for (const network of networks) {
    const refused = whyRefused(network, allowPrivate);
    if (refused) return no(refused);
  }
  return { ok: true, networks: networks.map(networkText) };
}

function whyRefused(network: Network, allowPrivate: boolean): Sentence | undefined {
  const { family, length } = network;
  if (length === 0)
    return say(
      'すべてのアドレスを表すため、登録できません。制限が不要な場合は、IPアドレス制限を解除してください。',
    );
  const special = whyNobodyComesFrom(network, allowPrivate);
  if (special) return special;
  if (length >= SHORTEST[family]) return undefined;
  return family === 4
    ? say('{network} は範囲が広すぎます。IPv4は、/16 から /32 までの範囲で登録してください。', {
        network: networkText(network),
      })
    : say('{network} は範囲が広すぎます。IPv6は、/32 から /128 までの範囲で登録してください。', {
        network: networkText(network),
      });
}

function offered({ text }: Sentence, typed: string, network: string): NetworkReading {
  return { ok: false, sentence: say(text, { typed, network }), offer: network };
}

function advice(value: bigint): Offer {
  const network = networkText(networkAt(6, value, 64));
  const sentence = say(
    'IPv6のアドレスは、端末や日によって後ろの部分が変わります。{network} での登録をおすすめします。',
    { network },
  );
  return { sentence, network };
}

/** @param mapped 96 for `::ffff:192.0.2.0/120`, which is 192.0.2.0/24 */
function lengthOf(bits: string, mapped: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(bits) ? Number(bits) - mapped : undefined;
}

/** An address from which many people come, or nobody: no list takes it. */
export function isUnlistable(address: string, allowPrivate: boolean): boolean {
  return !readNetwork(networkToRegister(address), allowPrivate).ok;
}

/** As the field shows it again. */
export function cleanNetwork(typed: string): string {
  return cleanCode(typed)
    .replace(DASHES, '-')
    .replace(/[。｡]/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/ ?([/-]) ?/g, '$1');
}

function no(sentence: Sentence): NetworkReading {
  return { ok: false, sentence };
}
