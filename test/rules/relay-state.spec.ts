import { RelayState } from '../../src/mail/relay-state.js';

const SECOND = 1000;

function failing(mails: string[]) {
  const relay = new RelayState();
  let now = 0;
  const pauses = mails.map((mail) => {
    relay.failed(mail, now);
    const pause = relay.pauseAt(now);
    now += pause;
    return pause / SECOND;
  });
  return { relay, pauses };
}

it('pauses while the server fails, each time twice as long, up to half a minute', () => {
  const { relay, pauses } = failing(['a', 'a', 'a', 'a', 'a', 'a', 'a']);
  expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
  expect(relay.isTroubled).toBe(true);
  relay.worked();
  expect(relay.isTroubled).toBe(false);
  expect(relay.pauseAt(0)).toBe(0);
});

it('is not paused longer by tries that were under way', () => {
  const relay = new RelayState();
  for (const mail of ['a', 'b', 'c', 'd']) relay.failed(mail, 0);
  expect(relay.pauseAt(0)).toBe(SECOND);
});

it('lets another mail try after three failures in a row', () => {
  const relay = new RelayState();
  const turns = ['a', 'b', 'b', 'a', 'a', 'a', 'a'].map((mail) => relay.failed(mail, 0));
  expect(turns).toEqual([false, false, false, false, false, true, true]);
});

it.each([
  [['a', 'a', 'a', 'a'], false],
  [['a', 'b'], true],
])('after the failures of %j those that were put off are due: %s', (mails, isShared) => {
  const { relay } = failing(mails);
  expect(relay.worked()).toBe(isShared);
  expect(relay.worked()).toBe(false);
});
