import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Role } from '../../identity/role.js';
import type { Visit } from '../../web/visit.js';
import { clientOf, siteOf } from '../../web/requests/client-address.js';
import { knownSource, strangeSource, type Source } from '../../limits/source.js';
import { hashOf } from '../secrets.js';
import { Devices } from './devices.js';
import { keyOfLane, networkKeys } from './lanes.js';

/** The owner of the typed login ID, as far as it decides about a sign-in. */
export interface Candidate {
  id: string;
  corporationId: string;
  state: 'registered' | 'active' | 'suspended' | 'deleted';
  corporationIsActive: boolean;
  /** A newcomer who may not act yet. */
  held: boolean;
  /** A newcomer whom an objection stopped. */
  inCase: boolean;
  /** The desk alone opens the account again. */
  frozenByDesk: boolean;
  passwordHash: string;
  role: Role;
  isAdmitted: boolean;
}

/** All that must be known before a password is compared. */
export interface Attempt {
  /** There is a second factor, and this browser is not trusted with it. */
  asksFactor: boolean;
  account: Candidate | undefined;
  device: string | undefined;
  /** The known browser, or else the login ID, failed so often that it waits. */
  waits: boolean;
  /** So many seconds new browsers of this network wait, after many failures there. */
  networkWaits: number;
}

type Row = { [Column in keyof Candidate]: Candidate[Column] | null } & {
  asksFactor: boolean | null;
  device: string | null;
  waits: boolean | null;
  networkWaits: number | null;
};

const ACCOUNT = `
  a.id, a.corporation_id as "corporationId", a.state, a.password_hash as "passwordHash",
  a.role, a.in_case as "inCase", a.frozen_by_desk as "frozenByDesk", coalesce(a.held_until > genkan_now(), false) as held,
  c.state = 'active' as "corporationIsActive",
  case when c.has_ip_versions then (ip_verdict(c.id, $2)).admitted else true end as "isAdmitted"`;

/**
 * One prepared statement, because it runs while a turn of the hash process is held. It costs the same for login IDs that exist and for others.
 */
const FIND = {
  name: 'find-credentials',
  text: `
  select ${ACCOUNT}, d.id as device,
         a.second_factor_since is not null
           and coalesce(d.trusted_until <= genkan_now(), true) as "asksFactor",
         (select w.waits_until > genkan_now() from waiting_times w
          where w.key = coalesce('device:' || d.id, $5)) as waits,
         (select ceil(extract(epoch from max(w.waits_until) - genkan_now()))::int
          from waiting_times w
          where w.key = any($6) and w.waits_until > genkan_now()) as "networkWaits"
  from (select $1::text as login_id_key) typed
  left join accounts a on a.login_id_key = typed.login_id_key
  left join corporations c on c.id = a.corporation_id
  left join devices d on d.id = $3 and d.secret_hash = $4 and d.account_id = a.id
                     and d.ends_at > genkan_now()`,
};

const FIND_AGAIN = {
  name: 'find-candidate-again',
  text: `select ${ACCOUNT} from accounts a join corporations c on c.id = a.corporation_id
         where a.id = $1`,
};

@Injectable()
export class Candidates {
  constructor(
    private readonly pool: Pool,
    private readonly devices: Devices,
  ) {}

  /**
   * As whom a visit waits for a turn, before anything is looked up: somebody with a session, a
   * browser that claims to be known at this login ID, or a stranger.
   */
  sourceOf(loginIdKey: string, visit: Visit): Source {
    if (visit.person) return knownSource(`account ${visit.person.accountId}`, visit);
    const device = this.devices.claimed(loginIdKey, visit);
    if (device) return knownSource(`device ${device}`, visit);
    return strangeSource(`login ID ${loginIdKey}`, visit);
  }

  /** A browser whose claim to be known turns out to be void is believed no more. */
  async find(loginIdKey: string, visit: Visit): Promise<Attempt> {
    const attempt = await this.#attempt(loginIdKey, visit, this.devices.read(visit));
    const claimed = this.devices.claimed(loginIdKey, visit);
    if (claimed && !attempt.device) this.devices.distrust(claimed);
    return attempt;
  }

  /**
   * What a browser that nobody knows would meet there, for somebody who looks on: it reads, and counts
   * nothing.
   * @param address undefined where it is not known: no list admits it then
   */
  ofNewBrowser(loginIdKey: string, address: string | undefined): Promise<Attempt> {
    const place = address && { address, client: clientOf(address), site: siteOf(address) };
    return this.#attempt(loginIdKey, place || undefined);
  }

  async #attempt(
    loginIdKey: string,
    place: Pick<Visit, 'address' | 'client' | 'site'> | undefined,
    cookie?: { id: string; secret: string },
  ): Promise<Attempt> {
    const found = await this.pool.query<Row>({
      ...FIND,
      values: [
        loginIdKey,
        place?.address ?? null,
        cookie?.id ?? null,
        cookie ? hashOf(cookie.secret) : null,
        keyOfLane({ loginIdKey }),
        place ? networkKeys(place) : [],
      ],
    });
    const { device, waits, networkWaits, asksFactor, ...account } = found.rows[0]!;
    return {
      account: account.id === null ? undefined : (account as Candidate),
      asksFactor: asksFactor ?? false,
      device: device ?? undefined,
      waits: waits ?? false,
      networkWaits: networkWaits ?? 0,
    };
  }

  /** As it is now: time passed since the password was compared. */
  async findAgain(accountId: string, visit: Visit): Promise<Candidate> {
    const values = [accountId, visit.address];
    return (await this.pool.query<Candidate>({ ...FIND_AGAIN, values })).rows[0]!;
  }
}
