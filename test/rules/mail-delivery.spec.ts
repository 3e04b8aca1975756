import { MailDelivery } from '../../src/mail/mail-delivery.entity.js';

const now = new Date('2026-03-02T00:00:00Z');

function secondsUntilNextTry(attempts: number): number {
  const delivery = Object.assign(new MailDelivery(), { attempts });
  delivery.defer('451 Not now', now);
  return (+delivery.nextAttemptAt! - +now) / 1000;
}

it('each wait for the next try is twice the one before, up to five minutes', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 40].map(secondsUntilNextTry);
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
});

it('a mail that waits for the server keeps its place, however often it was tried', () => {
  const delivery = Object.assign(new MailDelivery(), { attempts: 9, inHand: true });
  delivery.keepPlace('connect ECONNREFUSED', now);
  expect(delivery).toMatchObject({ state: 'queued', inHand: false, nextAttemptAt: now });
});

it.each([
  ['2026-03-02T00:00:00Z', true],
  ['2026-03-02T00:00:01Z', false],
])('a mail that waits until %s is given up on 2 March: %s', (givesUpAt, isGivenUp) => {
  const delivery = Object.assign(new MailDelivery(), { givesUpAt: new Date(givesUpAt) });
  expect(delivery.isGivenUp(now)).toBe(isGivenUp);
});

it.each([
  ['handed-over', 1, '2026-02-23T00:00:01Z', true],
  ['handed-over', 1, '2026-02-23T00:00:00Z', false],
  ['queued', 1, null, true],
  ['deferred', 3, null, true],
  ['queued', 0, null, false],
  ['bounced', 1, '2026-03-01T00:00:00Z', false],
  ['suppressed', 1, '2026-03-01T00:00:00Z', false],
] as const)('a mail that is %s after %s tries, at %s, may come back: %s', (...given) => {
  const [state, attempts, finished, mayComeBack] = given;
  const finishedAt = finished && new Date(finished);
  const delivery = Object.assign(new MailDelivery(), { state, attempts, finishedAt });
  expect(delivery.mayComeBack(now)).toBe(mayComeBack);
});

it('a mail that is given up says nothing of its address', () => {
  const delivery = Object.assign(new MailDelivery(), { state: 'deferred' });
  delivery.giveUp('550 5.1.1 User unknown', now);
  expect(delivery).toMatchObject({ state: 'bounced', bounceClass: 'other' });
  delivery.giveUp('452 4.2.2 mailbox full', now);
  expect(delivery).toMatchObject({ state: 'bounced', bounceClass: 'mailbox-full' });
});

it('a refused mail keeps what was sealed, and is not tried again', () => {
  const sealedMessage = Buffer.from('sealed');
  const delivery = Object.assign(new MailDelivery(), { state: 'queued', sealedMessage });
  delivery.bounce('550 no such user', now);
  expect(delivery).toMatchObject({
    state: 'bounced',
    sealedMessage,
    nextAttemptAt: null,
    finishedAt: now,
  });
});
