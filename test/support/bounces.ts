/** Mails as servers send them back. */

export interface Returned {
  /** Whom the report names. */
  recipient: string;
  returnPath?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
}

const CRLF = '\r\n';
export const mime = (...lines: string[]) => lines.join(CRLF);

const ORIGINAL = mime(
  'Received: from front.example.jp by relay.example.jp; Sat, 28 Nov 2026 09:00:00 +0900',
  'From: noreply@example.jp',
  'To: somebody.else@example.jp',
  'Subject: [service] notice',
);

/** RFC 3464, as Postfix and many others write it. */
export function statusReport({
  recipient,
  returnPath = 'bounce@example.jp',
  action = 'failed',
  status = '5.1.1',
  diagnostic = 'smtp; 550 5.1.1 User unknown',
}: Returned): string {
  return mime(
    'Return-Path: <>',
    `X-Original-To: ${returnPath}`,
    'From: MAILER-DAEMON@relay.example.jp (Mail Delivery System)',
    'Subject: Undelivered Mail Returned to Sender',
    `To: ${returnPath}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="b1/relay"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--b1/relay',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'The mail system could not deliver your message.',
    '',
    '--b1/relay',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example.jp',
    'Arrival-Date: Sat, 28 Nov 2026 09:00:00 +0900',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic}`,
    '',
    '--b1/relay',
    'Content-Type: text/rfc822-headers',
    '',
    ORIGINAL,
    '',
    '--b1/relay--',
    '',
  );
}

/** A report inside another multipart, with its part encoded, as some gateways pass it on. */
export function wrappedReport(returned: Returned): string {
  const { recipient, status = '5.2.2', diagnostic = 'smtp; 552 mailbox is full' } = returned;
  const fields = mime(
    'Reporting-MTA: dns; gateway.example.jp',
    '',
    `Original-Recipient: rfc822;${recipient}`,
    'Final-Recipient: rfc822;inside@gateway.example.jp',
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic.slice(0, 8)}`,
    `\t${diagnostic.slice(8)}`,
    '',
  );
  return mime(
    'From: postmaster@gateway.example.jp',
    'Content-Type: multipart/mixed; boundary=outer',
    '',
    '--outer',
    'Content-Type: multipart/report; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=iso-2022-jp',
    '',
    'delivery failed',
    '--inner',
    'Content-Type: message/delivery-status',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(fields).toString('base64'),
    '--inner--',
    '--outer--',
    '',
  );
}

/** Without a report for machines. */
export function plainMail(from: string, subject: string, ...lines: string[]): string {
  return mime(`From: ${from}`, `Subject: ${subject}`, '', ...lines, '');
}

export const docomo = (recipient: string) =>
  plainMail(
    'Mail Administrator <postmaster@docomo.ne.jp>',
    'Returned mail: User unknown',
    'The mail could not be sent to the following address.',
    '',
    `<${recipient}>`,
    `550 Unknown user ${recipient}`,
  );

export const au = (recipient: string) =>
  plainMail(
    'Mail Administrator <Postmaster@ezweb.ne.jp>',
    'Mail System Error - Returned Mail',
    'This message could not be handed on:',
    '',
    `Recipient: <${recipient}>`,
    `Reason:    <${recipient}>... User unknown`,
    '',
    '--------------------------------------------------------------------',
    'To: nobody@example.jp',
  );

export const auFull = (recipient: string) =>
  plainMail(
    'Postmaster@ezweb.ne.jp',
    'Mail System Error - Returned Mail',
    'The user(s) account is temporarily over quota.',
    '',
    `<${recipient}>`,
  );

export const softbank = (recipient: string) =>
  plainMail(
    'Mailer-Daemon@softbank.ne.jp',
    'Undelivered mail',
    `Recipient ${recipient}:`,
    '550 5.2.0 refused by the reception settings',
  );

export const qmail = (recipient: string) =>
  plainMail(
    'MAILER-DAEMON@mail.example.jp',
    'failure notice',
    'Hi. This is the mail program at mail.example.jp.',
    '',
    `<${recipient}>:`,
    'Sorry, no mailbox here by that name. (#5.1.1)',
    '',
    '--- Below this line is a copy of the message.',
    '',
    ORIGINAL,
  );

export const exim = (recipient: string) =>
  mime(
    `X-Failed-Recipients: ${recipient}`,
    'Auto-Submitted: auto-replied',
    'From: Mail Delivery System <Mailer-Daemon@mx.example.jp>',
    'Subject: Mail delivery failed: returning message to sender',
    '',
    'A message that you sent could not be delivered.',
    '',
    `  ${recipient}`,
    '    host mx.gone.example [192.0.2.1]: Unrouteable address',
    '',
    '------ This is a copy of the message, including all the headers. ------',
    '',
    ORIGINAL,
  );

export const vacation = (recipient: string) =>
  mime(
    `From: ${recipient}`,
    'Subject: Out of office: your message could not be delivered to me today',
    'Auto-Submitted: auto-replied',
    'Precedence: auto_reply',
    '',
    `${recipient} is unknown to work before 550 o'clock.`,
  );
