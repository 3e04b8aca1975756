import { Injectable } from '@nestjs/common';
import type { Visit } from '../web/visit.js';
import type { Attempt } from './candidates.js';
import { Devices } from './devices.js';
import type { Source } from './fair-admission.js';
import { Passwords, type HashTurn } from './passwords.js';

/** As whom a visit waits for a turn of the hash process, before anything is looked up. */
@Injectable()
export class HashRoom {
  constructor(
    private readonly devices: Devices,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Runs `look` in a turn. A browser whose claim to be known turns out to be void begins again as a
   * stranger, and is believed no more.
   * @throws ServiceUnavailableException when there is no room
   */
  async forSignIn<A extends Attempt>(
    loginIdKey: string,
    visit: Visit,
    look: (turn: HashTurn) => Promise<A>,
  ): Promise<A> {
    const claimed = visit.person ? undefined : this.devices.claimed(loginIdKey, visit);
    const attempt = await this.passwords.inTurn(this.sourceOf(loginIdKey, visit), look);
    if (!claimed || attempt.device) return attempt;
    this.devices.distrust(claimed);
    return attempt;
  }

  /** Somebody with a session, a browser that claims to be known at this login ID, or a stranger. */
  sourceOf(loginIdKey: string, visit: Visit): Source {
    if (visit.person) return knownSource(`account ${visit.person.accountId}`, visit);
    const device = this.devices.claimed(loginIdKey, visit);
    if (device) return knownSource(`device ${device}`, visit);
    return strangeSource(`login ID ${loginIdKey}`, visit);
  }
}

type Place = Pick<Visit, 'client' | 'site'>;

export function knownSource(actor: string, { site, client }: Place): Source {
  return { isKnown: true, network: site, client, actor };
}

export function strangeSource(actor: string, { site, client }: Place): Source {
  return { isKnown: false, network: site, client, actor };
}
