import { MailDelivery } from '../../src/mail/mail-delivery.entity.js';

const now = new Date('2026-03-02T00:00:00Z');

function secondsUntilNextTry(attempts: number): number {
  const delivery = Object.assign(new MailDelivery(), { attempts });
  return (+delivery.defer('451 Not now', now) - +now) / 1000;
}

it('each wait for the next try is twice the one before, up to five minutes', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 40].map(secondsUntilNextTry);
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
});

it.each([
  ['2026-02-28T00:00:00Z', false],
  ['2026-02-27T23:59:59Z', true],
])('a mail of %s is given up on 2 March: %s', (createdAt, isGivenUp) => {
  const delivery = Object.assign(new MailDelivery(), { createdAt: new Date(createdAt) });
  expect(delivery.isGivenUp(now)).toBe(isGivenUp);
});

it.each([
  ['handOver', 'handed-over'],
  ['bounce', 'bounced'],
] as const)('%s ends a mail without what was sealed', (end, state) => {
  const sealedMessage = Buffer.from('sealed');
  const delivery = Object.assign(new MailDelivery(), { state: 'queued', sealedMessage });
  delivery[end]('250 taken', now);
  expect(delivery).toMatchObject({
    state,
    sealedMessage: null,
    nextAttemptAt: null,
    finishedAt: now,
  });
});
