import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import type { Visit } from '../web/visit.js';
import type { Attempt } from './candidates.js';
import { Devices } from './devices.js';
import type { Source } from './fair-admission.js';
import { Passwords, type HashTurn } from './passwords.js';
import { RefusedSources } from './refused-sources.js';

/** Where a password is checked, before anything is looked up: as whom a visit waits for its turn. */
@Injectable()
export class HashRoom {
  constructor(
    private readonly devices: Devices,
    private readonly passwords: Passwords,
    private readonly refused: RefusedSources,
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
    const attempt = await this.#inTurn(this.sourceOf(loginIdKey, visit), visit, look);
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

  async #inTurn<T>(source: Source, visit: Visit, act: (turn: HashTurn) => Promise<T>): Promise<T> {
    try {
      return await this.passwords.inTurn(source, act);
    } catch (error) {
      if (!source.isKnown && error instanceof ServiceUnavailableException) this.refused.note(visit);
      throw error;
    }
  }
}

export function knownSource(actor: string, { site, client }: Visit): Source {
  return { isKnown: true, network: site, client, actor };
}

export function strangeSource(actor: string, { site, client }: Visit): Source {
  return { isKnown: false, network: site, client, actor };
}
