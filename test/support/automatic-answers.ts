import { mime, plainMail, vacation } from './bounces.js';

/** What a program of the office answers in the office's name. */
const officeAnswer = (...lines: string[]) =>
  mime(
    'From: postmaster@tsubame.example',
    'Subject: Re: [service] notice',
    'Auto-Submitted: auto-replied',
    'Precedence: bulk',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...lines,
    '',
  );

const otherReport = (recipient: string, kind: string) =>
  mime(
    'Return-Path: <>',
    'From: postmaster@tsubame.example',
    'Subject: Returned mail: read',
    `Content-Type: multipart/report; report-type=${kind}; boundary=b1`,
    '',
    '--b1',
    '',
    `Your mail to ${recipient} could not be delivered without being displayed: 550 5.1.1`,
    '--b1',
    `Content-Type: message/${kind}`,
    '',
    `Final-Recipient: rfc822;${recipient}`,
    'Action: failed',
    'Disposition: manual-action/MDN-sent-manually; displayed',
    '--b1--',
    '',
  );

/** Answers of programs, in words that servers use too. */
export const automaticAnswers: [string, (recipient: string) => string][] = [
  ['an office', (recipient) => officeAnswer(`To ${recipient}: our permanent staff will answer.`)],
  [
    'an office that closes an address',
    (recipient) => officeAnswer(`Mail to ${recipient} is rejected, or undeliverable, from May.`),
  ],
  [
    'an acknowledgement with a telephone number',
    (recipient) =>
      plainMail(
        'postmaster@tsubame.example',
        'Re: notice',
        `${recipient} received it. Tel: 03-5555-550`,
      ),
  ],
  [
    'a ticket system',
    (recipient) =>
      plainMail(
        'postmaster@tsubame.example',
        'Re: notice',
        `${recipient}:`,
        'We opened ticket 550',
      ),
  ],
  [
    'a vacation that names its owner as servers do',
    (recipient) => `X-Failed-Recipients: ${recipient}\r\n${vacation(recipient)}`,
  ],
  [
    'a vacation under the name of a server',
    (recipient) =>
      plainMail(`Mailer-Daemon <${recipient}>`, 'Undelivered mail', `${recipient}: 550 5.1.1 Away`),
  ],
  ['a read receipt', (recipient) => otherReport(recipient, 'disposition-notification')],
  ['a complaint', (recipient) => otherReport(recipient, 'feedback-report')],
];
