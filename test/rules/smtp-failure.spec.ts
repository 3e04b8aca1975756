import { failureOf, type SmtpFailure } from '../../src/mail/smtp-failure.js';

const SATO = 'sato@relay.example';

/** As the mail library reports a server's answer to a command. */
function refused(command: string, response: string, code = 'EENVELOPE') {
  const responseCode = Number(response.slice(0, 3));
  return Object.assign(new Error(response), { code, command, response, responseCode });
}

const failed = (code: string, command = 'CONN') =>
  Object.assign(new Error('failed'), { code, command });

it.each<[SmtpFailure, string, string]>([
  ['recipient', 'RCPT TO', '550 No such user'],
  ['recipient', 'RCPT TO', '550 5.1.1 <sato@relay.example>: Recipient address rejected'],
  ['recipient', 'RCPT TO', '550 5.1.1 sato@relay.example unknown'],
  ['recipient', 'RCPT TO', '554 5.1.2 Bad destination'],
  ['recipient', 'RCPT TO', '552 5.2.2 Mailbox full'],
  ['recipient', 'RCPT TO', '553 Mailbox name invalid'],
  ['recipient', 'DATA', '550 5.1.1 No such user'],
  ['recipient-later', 'RCPT TO', '450 Mailbox busy'],
  ['recipient-later', 'RCPT TO', '451 4.2.1 Try later'],
  ['message', 'RCPT TO', '554 5.7.1 <sato@relay.example>: Relay access denied'],
  ['message', 'RCPT TO', '554 relay denied'],
  ['message', 'RCPT TO', '550 relay not permitted'],
  ['message', 'RCPT TO', '550 5.7.1 Unable to relay'],
  ['message', 'RCPT TO', '530 5.7.0 Authentication required'],
  ['message', 'RCPT TO', '530 Go away'],
  ['message', 'RCPT TO', '553 sorry, that sender is not allowed'],
  ['message', 'RCPT TO', '550 5.1.8 Bad sender domain'],
  ['message', 'RCPT TO', '550 SPF check failed'],
  ['message', 'RCPT TO', '552 storage exceeded'],
  ['message', 'RCPT TO', '451 Local error'],
  ['message', 'DATA', '550 looks like advertising'],
  ['message', 'DATA', '554 5.6.0 Content rejected'],
  ['message', 'RCPT TO', '550 5.4.1 Recipient address rejected: Access denied'],
  ['message', 'RCPT TO', '451 4.7.1 Greylisted'],
  ['message', 'RCPT TO', '554 5.7.1 Recipient address rejected'],
  ['message', 'RCPT TO', '421 4.7.0 Too many of this domain'],
  ['message', 'DATA', '421 4.3.2 Shutting down'],
  ['server', 'MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first'],
  ['server', 'MAIL FROM', '550 5.1.1 No such user'],
])('%s: %s answered by %s', (failure, command, response) => {
  expect(failureOf(refused(command, response), SATO)).toBe(failure);
});

it.each([
  refused('AUTH PLAIN', '535 5.7.8 Authentication failed', 'EAUTH'),
  refused('CONN', '554 5.3.2 No service here', 'EPROTOCOL'),
  failed('ECONNECTION'),
  failed('ETIMEDOUT'),
  failed('ESOCKET'),
  failed('EDNS'),
  failed('EABORT', ''),
])('server: %s', (error) => {
  expect(failureOf(error, SATO)).toBe('server');
});

it('message: an answer that ends the session in the middle of a mail', () => {
  const words = 'Server closed the connection: 421 4.7.0 Too many connections';
  expect(failureOf(Object.assign(failed('ECONNECTION'), { message: words }), SATO)).toBe('message');
});

it('ours: a mail that cannot be opened says nothing of the server', () => {
  expect(failureOf(new Error('unable to authenticate data'), SATO)).toBe('ours');
});
