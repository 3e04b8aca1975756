import type { RunsLeft } from '../../../mail/mail-runs.js';
import { MOST_INVITED } from './read-invitations.js';

/** How many people may still be invited today, or from when on again. */
export function runsView({ left, endsAt }: RunsLeft): object {
  return { runsLeft: left, peopleLeft: left * MOST_INVITED, runsAgain: left === 0 ? endsAt : null };
}
