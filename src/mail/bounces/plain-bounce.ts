import { emailKey } from '../../identity/login-id.js';
import { bounceClassOf, type BounceReport } from '../bounce-class.js';

type Headers = ReadonlyMap<string, string>;

const MOST_LINES = 120;
const LONGEST_LINE = 400;

/** Mail servers write under these names; people's automatic answers come from the people. */
const SERVER =
  /^(?:mailer[-_ ]?daemon|post ?master|mail ?administrator|mail delivery (?:sub)?system)/i;

/** Our own. */
const RETURN_PATH = /^bounce\+/i;

/** From here on it is the mail that came back. */
const RETURNED_MAIL =
  /^(?:[-=_*\s]*(?:below this line is a copy|this is a copy of|original message|the header of the original|returned message|message header follows|unsent message|message headers? follow)|-{40,}\s*$|received: |return-path: )/i;

const DELAYED =
  /still being (?:tried|attempted)|will (?:be retried|(?:keep|continue) trying|try again)|delivery (?:is|has been) delayed|(?:has not|not yet) been delivered|warning message only|do not need to resend/i;

/** A reply of a server as servers quote it (`<a@b.jp>: 550 …`, `#5.1.1`), unlike a number in a sentence. */
const REPLY =
  /\b5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b|(?:^|[>)\]]:? |(?:said|replied|response|reason|error): )5[0-7]\d[ -][a-z]|(?:#|^|\bstatus: |[>)\]]: )5\.\d{1,3}\.\d{1,3}\b/im;

const FAILURE_SUBJECT =
  /^(?:returned (?:mail|message)|undeliver|failure notice|(?:mail |message )?delivery (?:fail|status notification \(fail)|mail system error|non-?delivery)/i;

/** Sentences that servers write of what did not arrive, and nobody else. */
const FAILED =
  /undeliver(?:able|ed)|could(?: not|n't) be delivered|cannot be delivered|(?:unable|failed|wasn't able) to deliver|deliver(?:y|ing) (?:has )?fail|failure notice|returned (?:mail|message)|permanent (?:delivery )?(?:error|failure)|rejected by (?:a |the )?(?:remote|recipient)|(?:user|recipient|mailbox) unknown|(?:unknown|no such) (?:user|recipient|mailbox)|(?:user|recipient|mailbox|address) (?:does not exist|not found)|over quota|mailbox (?:is )?full|(?:配信|配送|送信)できません|届け(?:られ|でき)ません|メールボックス.{0,20}(?:容量|いっぱい)|受信を?拒否|(?:ユーザーが|宛先が|アドレスが)(?:見つかりません|存在しません)/i;

/**
 * A bounce without a report for machines: docomo's, au's and SoftBank's, qmail's and Exim's. It must
 * come from a server, and the first address that it names must be the recipient.
 */
export function plainReport(headers: Headers, text: string, recipient: string): BounceReport {
  if (!isFromServer(headers.get('from') ?? '', recipient)) return { outcome: 'no-report' };
  const failedHeader = inCharacters(headers.get('x-failed-recipients'));
  const said = linesOf(text);
  const first = said.findIndex((line) => addressesIn(line).length > 0);
  const named = failedHeader === undefined ? addressesIn(said[first] ?? '')[0] : undefined;
  const isOwn = failedHeader
    ? addressesIn(failedHeader.slice(0, LONGEST_LINE * 4)).includes(emailKey(recipient))
    : named === emailKey(recipient);
  const all = said.join('\n');
  if (DELAYED.test(all)) return { outcome: 'delayed' };
  if (!isOwn) return { outcome: named || failedHeader ? 'other-recipient' : 'no-report' };
  if (!isFailure(headers, all)) return { outcome: 'no-report' };
  const words = said.slice(Math.max(first, 0)).join('\n');
  const own = bounceClassOf(words);
  return { outcome: 'failed', why: own === 'other' ? bounceClassOf(all) : own, words };
}

/** A header comes with a character for each byte. */
function inCharacters(header: string | undefined): string | undefined {
  return header && Buffer.from(header, 'latin1').toString();
}

/** Programs that answer mails use the words of servers too: there, only what they cannot know counts. */
function isFailure(headers: Headers, said: string): boolean {
  const subject = (headers.get('subject') ?? '').slice(0, LONGEST_LINE);
  if (REPLY.test(said) || FAILURE_SUBJECT.test(subject)) return true;
  if (isAutomatic(headers) && !headers.has('x-failed-recipients')) return false;
  return FAILED.test(`${subject}\n${said}`);
}

function isAutomatic(headers: Headers): boolean {
  const submitted = headers.get('auto-submitted') ?? 'no';
  const precedence = headers.get('precedence') ?? '';
  const isMarked = ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) =>
    headers.has(name),
  );
  return isMarked || !/^no\b/i.test(submitted) || /^(?:bulk|junk|auto_reply)\b/i.test(precedence);
}

export function isFromServer(from: string, recipient: string): boolean {
  const short = from.slice(0, LONGEST_LINE);
  const address = (/<([^<>]*)>/.exec(short)?.[1] ?? short).replaceAll('"', '').trim();
  return SERVER.test(address) && address.toLowerCase() !== recipient.toLowerCase();
}

/** Only what the server says itself. */
function linesOf(text: string): string[] {
  const lines = text.split('\n', MOST_LINES).map((line) => line.slice(0, LONGEST_LINE).trim());
  const end = lines.findIndex((line) => RETURNED_MAIL.test(line));
  return end === -1 ? lines : lines.slice(0, end);
}

/** Servers' own addresses tell where to complain. */
function addressesIn(line: string): string[] {
  const words = line.split(/[\s<>()[\]"',;:]+/);
  return words
    .map((word) => emailKey(word.replace(/[.…]+$/, '')))
    .filter(
      (word) => /^[^@]+@[^@]+\.[^@]+$/.test(word) && !SERVER.test(word) && !RETURN_PATH.test(word),
    );
}
