import { readBounce } from '../../src/mail/bounces/bounce-report.js';
import {
  au,
  auFull,
  docomo,
  exim,
  mime,
  plainMail,
  qmail,
  softbank,
  statusReport,
  vacation,
  wrappedReport,
} from '../support/bounces.js';

const SATO = 'Sato.Hanako@example.jp';

const read = (text: string, recipient = SATO) => readBounce(Buffer.from(text), recipient);

/** As a server of RFC 6533 names its recipient. */
const globalReport = (named: string) =>
  statusReport({ recipient: SATO })
    .replace('report-type=delivery-status', 'report-type=global-delivery-status')
    .replace('message/delivery-status', 'message/global-delivery-status')
    .replace(/rfc822; .*/, `utf-8; ${named}`);

function whyOf(text: string, recipient = SATO): string {
  const report = read(text, recipient);
  return report.outcome === 'failed' ? report.why : report.outcome;
}

describe('a report for machines', () => {
  it('names class and words', () => {
    expect(read(statusReport({ recipient: SATO }))).toEqual({
      outcome: 'failed',
      why: 'unknown-address',
      words: '550 5.1.1 User unknown',
    });
  });

  it('counts in any case, in other multiparts, encoded, and by the original recipient', () => {
    expect(whyOf(statusReport({ recipient: SATO.toUpperCase() }))).toBe('unknown-address');
    expect(whyOf(wrappedReport({ recipient: SATO }))).toBe('mailbox-full');
  });

  it.each(['Sato.Hanako@example.jp', 'satō+hanako@example.jp'])(
    'names %s as RFC 6533',
    (address) => {
      expect(whyOf(globalReport(address), address)).toBe('unknown-address');
      const coded = address.replace(
        /[ō+]/gu,
        (sign) => `\\x{${sign.codePointAt(0)!.toString(16)}}`,
      );
      expect(whyOf(globalReport(coded), address)).toBe('unknown-address');
      expect(whyOf(globalReport(`\\x{110000}${coded}`), address)).toBe('other-recipient');
    },
  );

  it('counts from nobody alone, as far as the sender is known', () => {
    const report = statusReport({ recipient: SATO });
    const from = (sender?: string) => readBounce(Buffer.from(report), SATO, sender).outcome;
    for (const nobody of ['', '<>', 'MAILER-DAEMON', undefined])
      expect(from(nobody)).toBe('failed');
    expect(from('postmaster@relay.example.jp')).toBe('no-report');
    expect(whyOf(report.replace('Path: <>', `Path: <${SATO}>`))).toBe('no-report');
    expect(whyOf(report.replace('Return-Path: <>\r\n', ''))).toBe('unknown-address');
  });

  it('about somebody else says nothing, though the mail that came back is to the recipient', () => {
    const other = statusReport({ recipient: 'kato@example.jp' });
    expect(whyOf(other)).toBe('other-recipient');
    expect(whyOf(other.replace('somebody.else@example.jp', SATO))).toBe('other-recipient');
    expect(whyOf(statusReport({ recipient: `x${SATO}` }))).toBe('other-recipient');
  });

  it('of several recipients tells of the own one', () => {
    const own = ['Action: delayed', 'Status: 4.4.1', `Final-Recipient: rfc822;${SATO}`];
    const both = statusReport({ recipient: 'kato@example.jp' }).replace(
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n',
      `Diagnostic-Code: smtp; 550 no\r\n\r\n${mime(...own)}\r\n`,
    );
    expect(whyOf(both)).toBe('delayed');
    expect(whyOf(both, 'kato@example.jp')).toBe('unknown-address');
  });

  it.each([
    ['delayed', 'delayed'],
    ['delivered', 'no-report'],
    ['relayed', 'no-report'],
    ['failed (x)', 'unknown-address'],
    ['(for good) Failed', 'unknown-address'],
    ['delayed (failed)', 'delayed'],
    ['failed or not', 'no-report'],
    ['', 'no-report'],
  ])('with the action "%s" is %s', (action, outcome) => {
    expect(whyOf(statusReport({ recipient: SATO, action }))).toBe(outcome);
  });

  it('of a mail that waited too long knows nothing of the address', () => {
    const expired = { status: '4.4.7', diagnostic: 'smtp; 451 4.1.1 User unknown, try later' };
    expect(whyOf(statusReport({ recipient: SATO, ...expired }))).toBe('other');
  });

  it('brings no control characters and no long words', () => {
    const diagnostic = `smtp; 550 \u001b[31mred\u0007 ${'long '.repeat(1_000)}`;
    const report = read(statusReport({ recipient: SATO, diagnostic }));
    expect(report).toMatchObject({ words: expect.stringMatching(/^5\.1\.1 550 \[31mred long/) });
    expect(report.outcome === 'failed' && report.words.length).toBeLessThanOrEqual(500);
  });
});

describe('a bounce in plain text', () => {
  it.each([
    ['docomo', docomo, 'unknown-address'],
    ['au', au, 'unknown-address'],
    ['au, full', auFull, 'mailbox-full'],
    ['SoftBank', softbank, 'refused'],
    ['qmail', qmail, 'unknown-address'],
    ['Exim', exim, 'domain-gone'],
  ])('of %s is read, for its recipient alone', (_name, bounce, why) => {
    expect(whyOf(bounce(SATO))).toBe(why);
    expect(whyOf(bounce('kato@example.jp'))).toBe('other-recipient');
  });

  it('names its recipient first: what is said of others on the way says nothing', () => {
    for (const bounce of [docomo, au, softbank, qmail])
      expect(whyOf(bounce(`kato@example.jp> ${SATO}`))).toBe('other-recipient');
  });

  it('in Japanese is read in its own encoding', () => {
    const lines = [`<${SATO}>`, 'ユーザーが見つかりません。'];
    const text = plainMail('postmaster@example.jp', 'failed', ...lines);
    expect(whyOf(text)).toBe('unknown-address');
    const encoded = mime(
      'From: postmaster@example.jp',
      'Content-Type: text/plain; charset="UTF-8"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(lines.join('\n')).toString('base64'),
    );
    expect(whyOf(encoded)).toBe('unknown-address');
    const quoted = encoded.replace('base64', 'quoted-printable').replace(/[\w+/=]+$/, '');
    expect(whyOf(`${quoted}<${SATO.replace('@', '=40')}>\r\n550 5.7=\r\n.1 No`)).toBe('refused');
  });

  it('that names the recipient behind the returned mail only says nothing', () => {
    const text = qmail('x').replace('somebody.else@example.jp', SATO).replace('<x>', 'somebody');
    expect(whyOf(text)).toBe('no-report');
  });

  it('of a server that tries on is a delay', () => {
    const words = [`<${SATO}>: 451 later`, 'This is a warning message only. It will be retried.'];
    expect(whyOf(plainMail('MAILER-DAEMON@example.jp', 'Warning', ...words))).toBe('delayed');
  });

  it('is none when people or their programs answer', () => {
    expect(whyOf(vacation(SATO))).toBe('no-report');
    expect(whyOf(plainMail(`Postmaster of mine <${SATO}>`, 'Hi', '550 User unknown'))).toBe(
      'no-report',
    );
    expect(whyOf(plainMail('postmaster@example.jp', 'Hi', `${SATO} says hello`))).toBe('no-report');
    expect(whyOf('')).toBe('no-report');
  });
});

describe('hostile text', () => {
  const nested = Array.from(
    { length: 2_000 },
    (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n`,
  ).join('');
  const many = `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(60_000)}`;
  const report = 'Content-Type: message/delivery-status\n\n';

  it.each([
    ['nested parts', nested],
    ['many parts', many],
    ['many headers', 'a: b\n'.repeat(60_000)],
    ['one folded header', `a: b\n${' c\n'.repeat(60_000)}`],
    ['many groups', `${report}${'Action: failed\n\n'.repeat(20_000)}`],
    ['blanks', `${report}${' \t'.repeat(200_000)}`],
    ['a line of addresses', `From: postmaster@x.jp\n\n${'a@b.c'.repeat(60_000)}`],
    ['brackets', `From: postmaster@x.jp\n\n${'<'.repeat(300_000)}`],
    ['signs', `From: ${'<'.repeat(300_000)}\n\n${'='.repeat(300_000)}`],
    ['boundary of nothing', 'Content-Type: multipart/mixed; boundary=""\n\n--\n--\n'.repeat(9_000)],
    ['zeros', '\0'.repeat(300_000)],
  ])('%s: ends soon, and says nothing', (_name, text) => {
    const before = process.cpuUsage();
    expect(['no-report', 'other-recipient']).toContain(whyOf(text));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
  });
});
