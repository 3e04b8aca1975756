import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { LastSeen } from '../../../auth/sessions/last-seen.js';
import { Device } from '../../../auth/sign-in/device.entity.js';
import { DEVICE_DAYS, Devices } from '../../../auth/sign-in/devices.js';
import { holdSignedIn } from '../../../auth/sessions/hold-signed-in.js';
import { Session } from '../../../auth/sessions/session.entity.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { Config } from '../../../config.js';
import { before, databaseNow } from '../../../database/clock.js';
import { inTransaction } from '../../../database/transaction.js';

export type OwnSession = Awaited<ReturnType<OwnSessions['all']>>[number];

/** A browser that is not asked for the second factor. */
export interface TrustedBrowser {
  id: string;
  browser: string;
  since: Date;
  until: Date;
  isThis: boolean;
}

@Injectable()
export class OwnSessions {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly lastSeen: LastSeen,
    private readonly devices: Devices,
    private readonly audit: Audit,
  ) {}

  /** This one first, then those that were seen last. */
  async all({ accountId, sessionId }: SignedIn) {
    const now = await databaseNow(this.em);
    const open = { account: accountId, endsAt: { $gt: now } };
    const sessions = await this.em.find(Session, open, { orderBy: { createdAt: 'desc' } });
    return sessions
      .map((session) => this.#view(session, sessionId))
      .filter(({ lastSeenAt }) => +now - +lastSeenAt < this.config.sessionIdle)
      .sort((a, b) => Number(b.isThis) - Number(a.isThis) || +b.lastSeenAt - +a.lastSeenAt);
  }

  /** @returns from where it was; false when it is over, or somebody else's */
  async end(id: string, person: SignedIn): Promise<Pick<Session, 'browser' | 'address'> | false> {
    return inTransaction(this.em, async () => {
      await holdSignedIn(this.em, person);
      const own = { id, account: person.accountId };
      const session = await this.em.findOne(Session, own, { disableIdentityMap: true });
      const ended = await this.em.nativeDelete(Session, own);
      if (ended === 0 || !session) return false;
      await this.#log(person, ended);
      return session;
    });
  }

  /** @returns how many there were */
  async endOthers(person: SignedIn): Promise<number> {
    return inTransaction(this.em, async () => {
      await holdSignedIn(this.em, person);
      const others = { account: person.accountId, id: { $ne: person.sessionId } };
      const ended = await this.em.nativeDelete(Session, others);
      if (ended > 0) await this.#log(person, ended);
      return ended;
    });
  }

  /** This one first, then those that were trusted last. */
  async trusted({ accountId, visit }: SignedIn): Promise<TrustedBrowser[]> {
    const trusted = { account: accountId, trustedUntil: { $gt: await databaseNow(this.em) } };
    const own = await this.devices.recognise(accountId, visit);
    const found = await this.em.find(Device, trusted, { orderBy: { trustedUntil: 'desc' } });
    return found
      .map(({ id, browser, trustedUntil }) => {
        const until = trustedUntil!;
        const since = before(until, { days: DEVICE_DAYS });
        return { id, browser: browser ?? '', since, until, isThis: id === own };
      })
      .sort((a, b) => Number(b.isThis) - Number(a.isThis));
  }

  /** @returns false when it is over, or somebody else's */
  async endTrust(id: string, person: SignedIn): Promise<boolean> {
    return inTransaction(this.em, async () => {
      await holdSignedIn(this.em, person);
      const trusted = { id, account: person.accountId, trustedUntil: { $ne: null } };
      const ended = await this.em.nativeUpdate(Device, trusted, { trustedUntil: null });
      if (ended > 0) await this.audit.done('trust-end', person);
      return ended > 0;
    });
  }

  /** The last request that this process noted may not be written yet. */
  #view({ id, browser, address, createdAt, lastSeenAt }: Session, sessionId: string) {
    const noted = this.lastSeen.of(id);
    const seen = noted && noted > lastSeenAt ? noted : lastSeenAt;
    const isThis = id === sessionId;
    return { id, browser, address, signedInAt: createdAt, lastSeenAt: seen, isThis };
  }

  async #log(person: SignedIn, count: number): Promise<void> {
    await this.audit.done('session-end', person, { target: person.accountId, count });
  }
}
