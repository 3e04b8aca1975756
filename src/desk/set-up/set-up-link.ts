import type { LinkRefusal } from '../../auth/mailed-links/mailed-link.entity.js';
import { ParkedLink } from '../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../auth/mailed-links/refused-links.js';
import type { Answer } from '../../web/answers.js';

export const SET_UP_LINK = new ParkedLink('desk-set-up', '/desk/set-up');

export function refusedSetUp(reason: LinkRefusal): Answer {
  return refusedLink('desk/set-up-refused', reason);
}
