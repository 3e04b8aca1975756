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
  relay.forget();
  expect(relay.isTroubled).toBe(false);
  expect(relay.pauseAt(0)).toBe(0);
});

it('is not paused longer by tries that were under way', () => {
  const relay = new RelayState();
  for (const mail of ['a', 'b', 'c', 'd']) relay.failed(mail, 0);
  expect(relay.pauseAt(0)).toBe(SECOND);
});

it('lets another mail try, to know whether the server or this one is to blame', () => {
  const relay = new RelayState();
  const turns = ['a', 'b', 'a', 'a', 'a', 'b'].map((mail) => relay.failed(mail, 0));
  expect(turns).toEqual([true, false, false, false, true, false]);
});

it.each([
  [['a', 'a', 'a', 'a'], false],
  [['a', 'b'], true],
])('the failures of %j are shared: %s', (mails, isShared) => {
  const { relay } = failing(mails);
  expect(relay.isShared).toBe(isShared);
  relay.forget();
  expect(relay.isShared).toBe(false);
});
