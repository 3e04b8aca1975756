import { RelayState } from '../../src/mail/relay-state.js';

const SECOND = 1000;

let relay: RelayState;
beforeEach(() => {
  relay = new RelayState();
});

/** In their turn, or again. */
const refuses = (recipient: string, now = 0, state: 'queued' | 'deferred' = 'queued') =>
  relay.refused({ state, recipient }, now);

describe('a server that is away', () => {
  it('is tried after pauses, each twice as long, up to half a minute', () => {
    let now = 0;
    const pauses = [...'abcdefg'].map((mail) => {
      relay.failed(mail, now);
      const pause = relay.pauseAt(now);
      now += pause;
      return pause / SECOND;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
    expect(relay.isAway).toBe(true);
    relay.took();
    expect(relay.isAway).toBe(false);
    expect(relay.pauseAt(0)).toBe(0);
  });

  it('is not paused longer by tries that were under way', () => {
    for (const mail of ['a', 'b', 'c', 'd']) relay.failed(mail, 0);
    expect(relay.pauseAt(0)).toBe(SECOND);
  });

  it('is back as soon as it answers, be it a refusal', () => {
    relay.failed('a', 0);
    refuses('sato@one.example');
    expect(relay.isAway).toBe(false);
    relay.failed('a2', 0);
    relay.answered();
    expect(relay.isAway).toBe(false);
  });

  it('is away for all mails, until one of them fails that failed before it was back', () => {
    expect(relay.failed('a', 0)).toBe(false);
    expect(relay.failed('b', SECOND)).toBe(false);
    relay.took();
    expect(relay.failed('a', 0)).toBe(true);
    expect(relay.isAway).toBe(false);
    expect(relay.failed('c', 0)).toBe(false);
    relay.forget();
    expect(relay.failed('a', 0)).toBe(false);
  });
});

describe('a server that answers', () => {
  it('holds nothing back, whomever it refuses', () => {
    for (const domain of ['one', 'one', 'two']) refuses(`sato@${domain}.example`);
    expect(relay).toMatchObject({ isAway: false, refusesAll: false });
    expect(relay.mayRetryAt(0)).toBe(true);
  });

  it('refuses everybody after three domains in a row: then later tries are paused', () => {
    refuses('sato@one.example');
    refuses('sato@two.example');
    relay.took();
    refuses('sato@three.example');
    refuses('sato@four.example');
    expect(relay.refusesAll).toBe(false);
    refuses('sato@five.example');
    expect(relay).toMatchObject({ isAway: false, refusesAll: true });
    expect([relay.mayRetryAt(0), relay.mayRetryAt(SECOND)]).toEqual([false, true]);
    refuses('sato@five.example', SECOND);
    expect([relay.mayRetryAt(2 * SECOND), relay.mayRetryAt(3 * SECOND)]).toEqual([false, true]);
    expect(relay.took()).toBe(true);
    expect(relay.refusesAll).toBe(false);
    expect(relay.mayRetryAt(0)).toBe(true);
    expect(relay.took()).toBe(false);
  });

  it('is worth another try of what it refused, when it takes a mail after three refusals in a row', () => {
    refuses('sato@one.example');
    refuses('suzuki@one.example');
    expect(relay.took()).toBe(false);
    for (const name of ['sato', 'suzuki', 'ito']) refuses(`${name}@one.example`);
    expect(relay.took()).toBe(true);
  });

  it('does not refuse everybody because of mails that it refused before', () => {
    for (const domain of ['one', 'two', 'three', 'four'])
      refuses(`sato@${domain}.example`, 0, 'deferred');
    expect(relay.refusesAll).toBe(false);
    expect(relay.took()).toBe(false);
  });
});
