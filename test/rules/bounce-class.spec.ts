import { bounceClassOf, type BounceClass } from '../../src/mail/bounce-class.js';

it.each<[BounceClass, string]>([
  ['unknown-address', '550 5.1.1 <sato@relay.example>: Recipient address rejected: User unknown'],
  ['unknown-address', '550 Unknown user sato@docomo.ne.jp'],
  ['unknown-address', '550 <sato@ezweb.ne.jp>: User unknown'],
  ['unknown-address', '550 Invalid recipient: <sato@softbank.ne.jp>'],
  ['unknown-address', '553 sorry, no mailbox here by that name'],
  ['unknown-address', '550 5.2.1 The account is disabled'],
  ['unknown-address', '550 No such user'],
  ['unknown-address', 'この宛先は存在しません'],
  ['domain-gone', '550 5.1.2 Bad destination mailbox address'],
  ['domain-gone', 'Host or domain name not found. Name service error for name=gone.example'],
  ['domain-gone', 'all relevant MX records point to non-existent hosts: Unrouteable address'],
  ['mailbox-full', '552 5.2.2 Mailbox full'],
  ['mailbox-full', '552 Too much mail data sato@docomo.ne.jp'],
  ['mailbox-full', 'The user(s) account is temporarily over quota'],
  ['mailbox-full', '452 4.2.2 The email account that you tried to reach is over quota'],
  ['refused', '550 5.7.1 Message rejected by content filter'],
  ['refused', '554 5.7.1 Service unavailable; Client host blocked using a block list'],
  ['refused', '550 5.1.1 refused by policy'],
  ['refused', '550 5.2.0 delivery not accepted'],
  ['refused', '550 User reject the mail'],
  ['other', '550 Not now'],
  ['other', '554 5.6.0 Message too old for this server'],
  ['other', '450 4.1.1 Recipient address rejected: User unknown'],
  ['other', '451 4.1.2 Domain not found'],
  ['other', ''],
])('%s: %s', (why, words) => {
  expect(bounceClassOf(words)).toBe(why);
});

it('the status of a report decides before its words, but for full mailboxes and rules', () => {
  expect(bounceClassOf('no further words', '5.1.1')).toBe('unknown-address');
  expect(bounceClassOf('User unknown', '5.4.4')).toBe('domain-gone');
  expect(bounceClassOf('mailbox is full', '5.1.1')).toBe('mailbox-full');
  expect(bounceClassOf('spam', '5.1.1')).toBe('refused');
  expect(bounceClassOf('User unknown', '4.4.7')).toBe('other');
});

it('takes no time for long words', () => {
  const before = process.cpuUsage();
  for (const words of ['user '.repeat(200_000), 'exceed'.repeat(200_000), 'a'.repeat(1_000_000)])
    bounceClassOf(words);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(500);
});
