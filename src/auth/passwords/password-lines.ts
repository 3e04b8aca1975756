import { availableParallelism } from 'node:os';
import { MINUTE_MS } from '../../durations.js';
import { PasswordLine, type LineName } from './password-line.js';

const CORES = availableParallelism();

type PasswordLines = Record<LineName, PasswordLine>;

let lines: PasswordLines | undefined;

/** The two lines of the machine, in the process that owns their children; they end with it. */
export function passwordLines(): PasswordLines {
  return (lines ??= newLines());
}

/**
 * So many turns run that the cores have work while others are looked up. All people of an office may
 * wait, in front of one address, for as long as a full room takes on two cores.
 */
function newLines(): PasswordLines {
  const room = { room: 512, ofActor: 24 };
  const atOnce = CORES + Math.ceil(CORES / 2);
  const atOnceOfGuessing = Math.ceil(CORES / 2);
  const judging = { atOnce: 1, room: 16, ofNetwork: 8, ofClient: 4, ofActor: 2 };
  return {
    hash: new PasswordLine('hash', {
      room: { atOnce, atOnceOfGuessing, ...room },
      longestWaitMs: 15_000,
    }),
    judge: new PasswordLine('judge', {
      room: judging,
      longestWaitMs: 8_000,
      idleMs: 10 * MINUTE_MS,
    }),
  };
}
