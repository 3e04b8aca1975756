/**
 * Why a mail came back:
 * - `unknown-address`, `domain-gone`: nobody is there to receive mail, as far as the server knows;
 * - `mailbox-full`;
 * - `refused`: a filter of the recipient, the company or the carrier;
 * - `other`: nothing of these can be told from the words.
 */
export const bounceClasses = [
  'unknown-address',
  'domain-gone',
  'mailbox-full',
  'refused',
  'other',
] as const;

export type BounceClass = (typeof bounceClasses)[number];

/**
 * What came back says of one address:
 * - `failed`: it did not arrive, for good;
 * - `delayed`: somebody tries on;
 * - `other-recipient`: a report about somebody else;
 * - `no-report`: an automatic answer, or anything else.
 */
export type BounceReport =
  | { outcome: 'failed'; why: BounceClass; words: string }
  | { outcome: 'delayed' | 'other-recipient' | 'no-report' };

/** They concern the address itself: nothing more is sent there but what proves it. */
export const LASTING: readonly BounceClass[] = ['unknown-address', 'domain-gone'];

/** Words are looked for in so much of an answer. */
const LONGEST = 4_000;

const FULL =
  /over ?quota|quota (?:is )?exceed|exceed\w* (?:\w+ )?(?:quota|storage)|(?:mailbox|mail box|inbox|maildir) (?:is |has )?(?:almost )?(?:full|exceeded)|too much mail data|insufficient (?:system )?storage|容量/i;

/** A rule of somebody's, in words that no server uses of an address that does not exist. */
const BY_RULE =
  /spam|\bblocked\b|black ?list|block ?list|polic(?:y|ies)|\bspf\b|\bdkim\b|\bdmarc\b|reputation|prohibited|user reject|access denied|relay(?:ing)? (?:access )?denied|unable to relay|not permitted|content reject|filtered|拒否/i;

const UNKNOWN =
  /(?:user|recipient|mailbox|address|account) unknown|(?:unknown|invalid|no such) (?:local )?(?:user|recipient|mailbox|address|account|person)|(?:user|recipient|mailbox|address|account)[^\n]{0,80}(?:does not exist|doesn't exist|not found|not exist|is disabled|been disabled|inactive)|no (?:mailbox|account) here|(?:存在しません|存在しない|見つかりません|宛先不明)/i;

const GONE =
  /host (?:or domain name )?not found|(?:unknown|no such) (?:host|domain)|(?:host|domain) unknown|domain (?:name )?(?:not found|does not exist|doesn't exist)|unrout(?:e)?able|couldn't find any host|name or service not known|nxdomain|null ?mx|does not accept mail/i;

const BY_STATUS: [RegExp, BounceClass][] = [
  [/^\d\.2\.2$/, 'mailbox-full'],
  [/^\d\.(?:1\.(?:1|3|6|10)|2\.1)$/, 'unknown-address'],
  [/^\d\.(?:1\.2|4\.4)$/, 'domain-gone'],
  [/^\d\.(?:7\.\d+|2\.0)$/, 'refused'],
];

const BY_WORDS: [RegExp, BounceClass][] = [
  [UNKNOWN, 'unknown-address'],
  [GONE, 'domain-gone'],
];

/**
 * @param words a server's answer, or what a report says
 * @param status of RFC 3463; by default the one in the words
 */
export function bounceClassOf(words: string, status = statusIn(words)): BounceClass {
  const read = words.slice(0, LONGEST);
  if (FULL.test(read)) return 'mailbox-full';
  if (BY_RULE.test(read)) return 'refused';
  const found =
    BY_STATUS.find(([pattern]) => pattern.test(status)) ??
    BY_WORDS.find(([pattern]) => pattern.test(read));
  const why = found?.[1] ?? 'other';
  // A server that knows for sure does not say "for now".
  return LASTING.includes(why) && isForNow(read, status) ? 'other' : why;
}

function statusIn(words: string): string {
  return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(words.slice(0, LONGEST))?.[0] ?? '';
}

function isForNow(words: string, status: string): boolean {
  return status === '' ? /^4\d\d\b/.test(words) : status.startsWith('4');
}
