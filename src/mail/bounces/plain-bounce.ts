import { bounceClassOf, type BounceReport } from '../bounce-class.js';

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

const FAILED =
  /\b5\d\d\b|undeliver|could(?: not|n't) be delivered|cannot be delivered|(?:unable|failed) to deliver|deliver\w* (?:has )?fail|failure notice|returned mail|giving up|permanent|rejected|配信できません|送信できません|届けられません/i;

/**
 * A bounce without a report for machines: docomo's, au's and SoftBank's, qmail's and Exim's. It must
 * come from a server, and the first address that it names must be the recipient.
 */
export function plainReport(
  headers: ReadonlyMap<string, string>,
  text: string,
  recipient: string,
): BounceReport {
  const failedHeader = headers.get('x-failed-recipients');
  if (failedHeader === undefined && !isFromServer(headers.get('from') ?? ''))
    return { outcome: 'no-report' };
  const said = linesOf(text);
  const first = said.findIndex((line) => addressesIn(line).length > 0);
  const named = failedHeader === undefined ? addressesIn(said[first] ?? '')[0] : undefined;
  const isOwn = failedHeader
    ? addressesIn(failedHeader.slice(0, LONGEST_LINE * 4)).includes(recipient.toLowerCase())
    : named === recipient.toLowerCase();
  if (DELAYED.test(said.join('\n'))) return { outcome: 'delayed' };
  if (!isOwn) return { outcome: named || failedHeader ? 'other-recipient' : 'no-report' };
  const subject = (headers.get('subject') ?? '').slice(0, LONGEST_LINE);
  const all = said.join('\n');
  const words = said.slice(Math.max(first, 0)).join('\n');
  const own = bounceClassOf(words);
  const why = own === 'other' ? bounceClassOf(all) : own;
  const isFailure = why !== 'other' || FAILED.test(`${subject}\n${all}`);
  return isFailure ? { outcome: 'failed', why, words } : { outcome: 'no-report' };
}

function isFromServer(from: string): boolean {
  const short = from.slice(0, LONGEST_LINE);
  const address = /<([^<>]*)>/.exec(short)?.[1] ?? short;
  return SERVER.test(address.trim()) || SERVER.test(short.replaceAll('"', '').trim());
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
    .map((word) => word.replace(/[.…]+$/, '').toLowerCase())
    .filter(
      (word) => /^[^@]+@[^@]+\.[^@]+$/.test(word) && !SERVER.test(word) && !RETURN_PATH.test(word),
    );
}
