import { knownSource, strangeSource, type Source } from '../../limits/source.js';
import type { Visit } from '../../web/visit.js';

/**
 * Passwords of the desk wait in the line of all others, as those of another network than the
 * customers' at the same place: neither door's visitors use up the turns of the other.
 */
export function knownDeskSource(actor: string, visit: Visit): Source {
  return knownSource(actor, placeOf(visit));
}

export function strangeDeskSource(actor: string, visit: Visit): Source {
  return strangeSource(actor, placeOf(visit));
}

function placeOf({ site, client }: Visit) {
  return { site: `desk ${site}`, client: `desk ${client}` };
}
