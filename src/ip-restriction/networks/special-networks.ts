import { say, type Sentence } from '../../web/sentence.js';
import { covers, networkFrom, type Network } from './network.js';

interface Special {
  networks: Network[];
  /** True for addresses that `IP_ALLOW_PRIVATE` permits, for a Genkan inside a company network. */
  isPrivate: boolean;
  sentence: Sentence;
}

/** @param networks with a space between them */
const special = (sentence: Sentence, isPrivate: boolean, networks: string): Special => ({
  networks: networks.split(' ').map(networkFrom),
  isPrivate,
  sentence,
});

/** Networks that no visitor from the internet has (IANA's registries of special-purpose addresses). */
const SPECIALS: Special[] = [
  special(
    say(
      '社内や家庭の中だけで使われるアドレス（プライベートアドレス）のため、登録できません。ページに表示される「今お使いのIPアドレス」をご確認ください。',
    ),
    true,
    '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7',
  ),
  special(
    say('お使いの端末自身を表すアドレスのため、登録できません。'),
    true,
    '127.0.0.0/8 ::1/128',
  ),
  special(
    say('説明書の例やテストのためのアドレスで、実際の通信には使われないため、登録できません。'),
    true,
    '192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 198.18.0.0/15 2001:db8::/32 3fff::/20',
  ),
  special(
    say(
      '通信事業者が多くのお客様で共用しているアドレスのため、登録できません。ページに表示される「今お使いのIPアドレス」をご確認ください。',
    ),
    false,
    '100.64.0.0/10',
  ),
  special(
    say(
      '端末が自動で付ける、同じ機器につながる範囲だけのアドレスのため、登録できません。ネットワークの設定をご確認ください。',
    ),
    false,
    '169.254.0.0/16 fe80::/10',
  ),
  special(say('一斉配信のためのアドレスのため、登録できません。'), false, '224.0.0.0/4 ff00::/8'),
  special(
    say('アドレスが決まっていないことを表す値のため、登録できません。'),
    false,
    '0.0.0.0/8 ::/128',
  ),
  special(
    say('用途が別に決められているアドレスで、お客様の通信には使われないため、登録できません。'),
    false,
    '192.0.0.0/24 240.0.0.0/4',
  ),
];

const GLOBAL_IPV6 = networkFrom('2000::/3');
const RESERVED = SPECIALS.at(-1)!.sentence;

/** The reason why no visitor has an address in this network; undefined for an ordinary one. */
export function whyNobodyComesFrom(network: Network, allowPrivate: boolean): Sentence | undefined {
  const found = SPECIALS.find(({ networks }) => networks.some((each) => covers(each, network)));
  if (found) return found.isPrivate && allowPrivate ? undefined : found.sentence;
  return network.family === 6 && !covers(GLOBAL_IPV6, network) ? RESERVED : undefined;
}
