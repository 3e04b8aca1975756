import { PasswordLine, type PasswordReply } from '../../src/auth/passwords/password-line.js';
import { strangeSource } from '../../src/limits/source.js';

const ROOM = { atOnce: 1, room: 1 };

function sourceOf(network: string) {
  return strangeSource('', { site: network, client: network });
}

it('is busy for whoever finds no room, and for whoever waited in vain', async () => {
  const line = new PasswordLine('judge', { room: ROOM, longestWaitMs: 20 });
  const asks = (id: string) =>
    new Promise<PasswordReply>((reply) => {
      line.take({ id, line: 'judge', act: 'turn', source: sourceOf(id) }, reply, line);
    });
  expect(await asks('a')).toEqual({ id: 'a', turn: true });
  const inVain = asks('b');
  expect(await asks('c')).toEqual({ id: 'c', busy: true });
  expect(await inVain).toEqual({ id: 'b', busy: true });
});
