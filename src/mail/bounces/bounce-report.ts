import { emailKey } from '../../identity/login-id.js';
import { bounceClassOf, type BounceReport } from '../bounce-class.js';
import { headersOf, leavesOf, partOf, textOfPart, type MimePart } from './mime-parts.js';
import { isFromServer, plainReport } from './plain-bounce.js';

/** What is behind it belongs to the mail that came back. */
const MOST_READ = 256 * 1024;
const LONGEST_WORDS = 500;
const MOST_GROUPS = 50;

/** A character of an address that RFC 6533 lets no report write as it is. */
const CODED = /\\x\{([\da-f]{2,6})\}/gi;

const STATUS_KIND = /^(?:global-)?delivery-status$/i;
const REPORT = /^message\/(?:global-)?delivery-status$/;
/** With comments around it. */
const ACTION = /^(?:\([^()]*\)\s*)?([a-z]+)\s*(?:\(|$)/;
/** A receipt of a reader, or somebody's complaint. */
const OTHER_REPORT = /^message\/(?:(?:global-)?disposition-notification|feedback-report)$/;

/** Read to its end, because a mail server does not like to be hung up on; kept as far as it is looked at. */
export async function beginningOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (length < MOST_READ) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

/** With a character for each byte. */
export function linesAsText(raw: Buffer): string {
  return raw.subarray(0, MOST_READ).toString('latin1').replaceAll('\r\n', '\n');
}

/**
 * @param raw the message that came to the return path
 * @param recipient whom the delivery was sent to
 * @param sender of the message's envelope, where it is known
 */
export function readBounce(raw: Buffer, recipient: string, sender?: string): BounceReport {
  const message = partOf(linesAsText(raw));
  const leaves = leavesOf(message);
  const { headers } = message;
  const isOther = isOtherReport(message) || leaves.some(({ type }) => OTHER_REPORT.test(type));
  if (isOther || !isServers(headers, recipient, sender)) return { outcome: 'no-report' };
  const report = leaves.find(({ type }) => REPORT.test(type));
  const text = () => leaves.filter(isText).map(textOfPart).join('\n');
  const found = report ? statusReport(report, recipient) : plainReport(headers, text(), recipient);
  return found.outcome === 'failed' ? { ...found, words: cleaned(found.words) } : found;
}

/**
 * Whoever has an address answers; bounces have no sender, for which Postfix tells a pipe a name. Where
 * a pipe hands none on, the name of a server has to stand above it.
 */
function isServers(headers: MimePart['headers'], recipient: string, given?: string): boolean {
  const sender = given ?? headers.get('return-path');
  if (sender === undefined) return isFromServer(headers.get('from') ?? '', recipient);
  return /^<?(?:mailer-daemon)?>?$/i.test(sender.trim());
}

function isOtherReport({ type, parameters }: MimePart): boolean {
  const kind = parameters.get('report-type') ?? 'delivery-status';
  return type === 'multipart/report' && !STATUS_KIND.test(kind);
}

function isText({ type }: MimePart): boolean {
  return type === 'text/plain';
}

/** RFC 3464 and 6533: fields about the message, then a group of fields for each recipient. */
function statusReport(report: MimePart, recipient: string): BounceReport {
  const groups = textOfPart(report).split(/\n[ \t]*\n/, MOST_GROUPS);
  const fields = groups.map((group) => headersOf(group.trim()));
  const own = fields.find((group) => isAbout(group, recipient));
  if (!own) return { outcome: 'other-recipient' };
  const [, action] = ACTION.exec(own.get('action')?.toLowerCase() ?? '') ?? [];
  if (action === 'delayed') return { outcome: 'delayed' };
  if (action !== 'failed') return { outcome: 'no-report' };
  const [status = ''] = /^\d\.\d{1,3}\.\d{1,3}/.exec(own.get('status') ?? '') ?? [];
  const words = (own.get('diagnostic-code') ?? '').replace(/^[\w-]{1,20};\s*/, '');
  // Most servers say it themselves.
  const all = words.includes(status) ? words : `${status} ${words}`.trim();
  return { outcome: 'failed', why: bounceClassOf(words, status), words: all };
}

/** The address that the report names first is the one we know; behind it mail may be forwarded. */
function isAbout(fields: ReadonlyMap<string, string>, recipient: string): boolean {
  const named = ['original-recipient', 'final-recipient'].map((name) => fields.get(name) ?? '');
  return named.some((value) => addressIn(value) === emailKey(recipient));
}

function addressIn(field: string): string {
  const address = field.slice(field.indexOf(';') + 1).trim();
  const plain = /^utf-8\s*;/i.test(field) ? address.replace(CODED, characterOf) : address;
  return emailKey(plain.replace(/^<(.*)>$/, '$1'));
}

function characterOf(coded: string, digits: string): string {
  const point = parseInt(digits, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : coded;
}

/** It is shown in terminals, and a stranger may have written it. */
function cleaned(words: string): string {
  return words
    .slice(0, LONGEST_WORDS * 2)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS)
    .toWellFormed();
}
