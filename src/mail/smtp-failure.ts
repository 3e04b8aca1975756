/** An error of the mail library, with the server's answer where there is one. */
export interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/**
 * What a try failed at:
 * - `recipient`: the address, for good;
 * - `recipient-later`: the address, for now;
 * - `message`: the server would not have this mail, by a rule of its own;
 * - `server`: the way to the server, the sign-in or the sender, which all mails share;
 * - `ours`: the mail never got as far as the server.
 */
export type SmtpFailure = 'recipient' | 'recipient-later' | 'message' | 'server' | 'ours';

/** Commands that speak of one mail. */
const OF_ONE_MAIL = new Set(['RCPT TO', 'DATA', 'API']);
/** The library's words for 421 as the answer to any of them; to MAIL FROM it has others. */
const CLOSED_IN_SESSION = /^Server closed the connection: 421/;
/** RFC 3463: the address or the mailbox; but 1.7 and 1.8 are about the sender. */
const ABOUT_MAILBOX = /^[45]\.(?:1\.(?![78]\b)|2\.)/;
/** RFC 5321: the mailbox is unavailable, not local, or misnamed. */
const MAILBOX_CODES = new Set([450, 550, 551, 553]);
/** Many relays use these codes for their own rules as well, and say so in words. */
const ABOUT_US =
  /relay|authenticat|log.?in|sign.?in|sender|\bfrom\b|spf|dkim|dmarc|block.?list|black.?list|\bblocked\b|reputation|spam|policy|too many|\brate\b/i;

export function failureOf(error: SmtpError, recipient: string): SmtpFailure {
  const { code, command = '', responseCode = 0 } = error;
  if (code === undefined) return 'ours';
  if (CLOSED_IN_SESSION.test(error.message)) return 'message';
  if (!OF_ONE_MAIL.has(command)) return 'server';
  if (!isAboutRecipient(error, recipient)) return 'message';
  return responseCode >= 500 ? 'recipient' : 'recipient-later';
}

function isAboutRecipient(error: SmtpError, recipient: string): boolean {
  const { command, responseCode = 0, response = '' } = error;
  const words = response.replaceAll(recipient, '').replace(/<[^>]*>/g, '');
  if (ABOUT_US.test(words)) return false;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (enhanced !== undefined) return ABOUT_MAILBOX.test(enhanced);
  return command === 'RCPT TO' && MAILBOX_CODES.has(responseCode);
}
