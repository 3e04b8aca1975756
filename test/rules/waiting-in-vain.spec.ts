import { PasswordLine, type PasswordReply } from '../../src/auth/passwords/password-line.js';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import { RefusedSources } from '../../src/auth/passwords/refused-sources.js';
import type { Config } from '../../src/config.js';
import { strangeSource } from '../../src/limits/source.js';

const ROOM = { atOnce: 1, room: 1, ofNetwork: 9, ofClient: 9, ofActor: 9 };

function sourceOf(network: string) {
  return strangeSource('', { site: network, client: network });
}

it('is told apart from finding no room', async () => {
  const line = new PasswordLine('judge', { room: ROOM, longestWaitMs: 20 });
  const asks = (id: string) =>
    new Promise<PasswordReply>((reply) => {
      line.take({ id, line: 'judge', act: 'turn', source: sourceOf(id) }, reply, line);
    });
  expect(await asks('a')).toEqual({ id: 'a', turn: true });
  const inVain = asks('b');
  expect(await asks('c')).toEqual({ id: 'c', busy: true });
  expect(await inVain).toEqual({ id: 'b', busy: true, hasWaited: true });
});

it('keeps nobody from trying again, however often', async () => {
  const refused = new RefusedSources();
  const passwords = new Passwords({} as Config, refused);
  const office = sourceOf('office');
  const end = Promise.withResolvers<undefined>();
  const crowd = ['a', 'b', 'c'].flatMap((network) =>
    Array.from({ length: 20 }, () => passwords.inTurn(sourceOf(network), () => end.promise)),
  );
  const tries = Array.from({ length: 40 }, () => passwords.inTurn(office, () => end.promise));
  const over = Promise.allSettled([...crowd, ...tries]);
  await expect(Promise.any(tries.slice(-8))).rejects.toThrow();
  expect(refused.retryAfter('hash', office)).toBe(0);
  end.resolve(undefined);
  await over;
});
