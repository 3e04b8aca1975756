import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Devices } from '../auth/sign-in/devices.js';
import { sqlBefore } from '../database/clock.js';
import { tables } from '../database/tables.js';
import type { Visit } from '../web/visit.js';

const SIGNED_IN = { days: 90 };

/** From where a mail is asked for: a browser that its person signed in with, or else its network. */
export interface Place {
  browser?: { id: string; accountId: string } | undefined;
  network: string;
}

/** The readers of a mailbox, as far as they are known where a mail to it is asked for. */
@Injectable()
export class KnownReaders {
  constructor(
    private readonly em: EntityManager,
    private readonly devices: Devices,
  ) {}

  async placeOf(visit: Visit): Promise<Place> {
    return { browser: await this.devices.owner(visit), network: visit.network };
  }

  /** True when one of the mailbox's readers signed in there. */
  async includes(mailbox: string, { browser, network }: Place): Promise<boolean> {
    const known = await tables(this.em)
      .selectFrom('accounts as a')
      .select('a.id')
      .where('a.email_key', '=', mailbox)
      .where('a.state', 'in', ['active', 'suspended'])
      .where((eb) =>
        browser
          ? eb('a.id', '=', browser.accountId)
          : eb.exists(
              eb
                .selectFrom('known_environments as e')
                .select('e.network')
                .whereRef('e.account_id', '=', 'a.id')
                .where('e.network', '=', network)
                .where('e.browser', '=', '')
                .where('e.last_seen_at', '>', sqlBefore(SIGNED_IN)),
            ),
      )
      .limit(1)
      .executeTakeFirst();
    return known !== undefined;
  }
}

/** Counts by it: strangers have neither the browser nor the network. */
export function placeName({ browser, network }: Place): string {
  return browser ? `browser:${browser.id}` : `network:${network}`;
}
