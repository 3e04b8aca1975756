import { readBounce } from '../../src/mail/bounces/bounce-report.js';
import { automaticAnswers } from '../support/automatic-answers.js';
import { docomo, mime, plainMail } from '../support/bounces.js';

const SATO = 'sato.hanako@example.jp';

function outcomeOf(text: string, recipient = SATO, sender?: string): string {
  const report = readBounce(Buffer.from(text), recipient, sender);
  return report.outcome === 'failed' ? report.why : report.outcome;
}

describe('a bounce in plain text', () => {
  it.each(automaticAnswers)('is none when %s answers', (_name, answer) => {
    expect(outcomeOf(answer(SATO))).toBe('no-report');
    expect(outcomeOf(answer('postmaster@tsubame.example'), 'postmaster@tsubame.example')).toBe(
      'no-report',
    );
  });

  it('comes from nobody, as far as its envelope is known', () => {
    const bounce = docomo(SATO);
    expect(outcomeOf(bounce, SATO, '')).toBe('unknown-address');
    expect(outcomeOf(bounce, SATO, 'postmaster@docomo.ne.jp')).toBe('no-report');
    expect(outcomeOf(`Return-Path: <postmaster@docomo.ne.jp>\r\n${bounce}`)).toBe('no-report');
    for (const sender of ['<>', '<MAILER-DAEMON>', 'MAILER-DAEMON'])
      expect(outcomeOf(`Return-Path: ${sender}\r\n${bounce}`)).toBe('unknown-address');
  });

  it.each([
    ['550 5.1.1 User unknown', 'unknown-address'],
    ['550-5.7.1 blocked', 'refused'],
    ['Remote host said: 554 no thanks', 'other'],
    ['>: 552 mailbox full', 'mailbox-full'],
    ['Sorry. (#5.1.1)', 'unknown-address'],
    ['Status: 5.2.2', 'mailbox-full'],
    ['5.4.4 nowhere', 'domain-gone'],
    ['version 5.1.1 is out', 'no-report'],
    ['Room 550, or 550-1234', 'no-report'],
    ['Places: 550 in all', 'no-report'],
    ['550', 'no-report'],
  ])('that a program marks counts by a reply of a server: %s', (said, outcome) => {
    const marked = ['From: postmaster@example.jp', 'Auto-Submitted: auto-replied'];
    expect(outcomeOf(mime(...marked, '', `<${SATO}>`, said))).toBe(outcome);
  });

  it.each([
    ['Address not found', 'unknown-address'],
    ['The recipient does not exist.', 'unknown-address'],
    ['メールボックスの容量を超えています。', 'mailbox-full'],
    ['受信拒否の設定により、お届けできませんでした。', 'refused'],
    ['お届けできませんでした。', 'other'],
    ['送信できませんでした。', 'other'],
    ['ご注文の品は、容量の大きい箱でお送りします。', 'no-report'],
    ['Our policy on spam has changed.', 'no-report'],
  ])('says so in a sentence of servers: %s', (said, outcome) => {
    expect(outcomeOf(plainMail('postmaster@example.jp', '', `<${SATO}>`, said))).toBe(outcome);
  });

  it.each(['Auto-Submitted: auto-generated', 'Precedence: auto_reply', 'X-Autoreply: yes'])(
    'marked "%s" counts by no sentence alone, but by the subject of a bounce',
    (mark) => {
      const said = `<${SATO}> could not be delivered`;
      const bounce = plainMail('postmaster@example.jp', 'Hello', said);
      expect(outcomeOf(bounce)).toBe('other');
      expect(outcomeOf(`${mark}\r\n${bounce}`)).toBe('no-report');
      expect(outcomeOf(`${mark}\r\n${bounce.replace('Hello', 'failure notice')}`)).toBe('other');
    },
  );
});
