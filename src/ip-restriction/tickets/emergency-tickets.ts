import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import { newSecret } from '../../auth/secrets.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Config } from '../../config.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { after, databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { MINUTE_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { IpLists } from '../lists/ip-lists.js';
import { IpTicket } from './ip-ticket.entity.js';
import { codesOf, hashesOfCode, storedCodes } from '../../auth/printed-codes.js';

const TICKETS = 10;

/** How long the browser that issued a sheet can still show it. */
const SHOWN_FOR_MS = 30 * MINUTE_MS;

/** The usable tickets of a company, all issued at once. */
export interface Sheet {
  /** Names the sheet in forms; empty when no ticket is left. */
  id: string;
  left: number;
  issuedAt: Date | undefined;
  /** Until when the browser that issued it can show it. */
  shownUntil: Date | undefined;
}

/**
 * 緊急用チケット: one-time codes with which an administrator reaches the pages of the restriction
 * from anywhere. Only keyed hashes are stored. The new codes follow from a secret that only the
 * issuing browser holds, for half an hour.
 */
@Injectable()
export class EmergencyTickets {
  readonly #cookie = Cookie.untilSignOut('tickets', SHOWN_FOR_MS);
  readonly #keys: Buffer[];

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly lists: IpLists,
    private readonly audit: Audit,
  ) {
    this.#keys = config.keysFor('ip-tickets');
  }

  /** Tickets are of use only where something is restricted. */
  async isPossible(corporationId: string): Promise<boolean> {
    return (await this.lists.inForce(corporationId))?.restricts ?? false;
  }

  async sheet(corporationId: string): Promise<Sheet> {
    const usable = await this.#usable(corporationId);
    const issuedAt = usable[0]?.issuedAt;
    const shownUntil = issuedAt && after(issuedAt, { seconds: SHOWN_FOR_MS / 1000 });
    return { id: issuedAt?.toISOString() ?? '', left: usable.length, issuedAt, shownUntil };
  }

  async shown({ accountId, corporationId, visit }: SignedIn): Promise<string[]> {
    const secret = this.#cookie.read(visit);
    if (secret === undefined) return [];
    const usable = await this.#usable(corporationId);
    const stored = usable.map(({ hash }) => hash);
    return storedCodes(codesOf(secret + accountId, TICKETS), stored, this.#keys);
  }

  async #usable(corporationId: string) {
    return tables(this.em)
      .selectFrom('ip_tickets')
      .select(['code_hash as hash', 'created_at as issuedAt'])
      .where('corporation_id', '=', corporationId)
      .where('used_at', 'is', null)
      .where('replaced_at', 'is', null)
      .orderBy('created_at', 'desc')
      .execute();
  }

  hide(visit: Visit): void {
    this.#cookie.clear(visit);
  }

  /**
   * Issues the first ten tickets in the caller's transaction, when the list in force has just
   * switched the restriction on. The browser can show them from then on.
   */
  async afterChange(person: SignedIn): Promise<void> {
    const isFirst = !person.isEmergency && (await this.#isSwitchedOn(person.corporationId));
    if (!isFirst) return;
    const { id } = await this.sheet(person.corporationId);
    await this.renew(person, id);
  }

  async #isSwitchedOn(corporation: string): Promise<boolean> {
    const list = await this.lists.inForce(corporation);
    if (!list?.restricts || list.isOnTrial) return false;
    if ((await this.lists.former(list))?.restricts) return false;
    const since = { $gte: list.createdAt };
    return (await this.em.count(IpTicket, { corporation, createdAt: since })) === 0;
  }

  /**
   * Issues ten tickets and voids the older ones.
   * @param sheetId the sheet that the page showed
   */
  async renew(
    person: SignedIn,
    sheetId: string,
  ): Promise<Settled<'not-restricted' | 'changed-meanwhile'>> {
    const { corporationId } = person;
    return inTransaction<Settled<'not-restricted' | 'changed-meanwhile'>>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      if (!(await this.isPossible(corporationId))) return { ok: false, reason: 'not-restricted' };
      const { id } = await this.sheet(corporationId);
      if (id !== sheetId) return { ok: false, reason: 'changed-meanwhile' };
      await this.#issue(person);
      return this.audit.done('ip-tickets', person);
    });
  }

  async #issue({ accountId, corporationId, visit }: SignedIn): Promise<void> {
    const secret = newSecret();
    const createdAt = await databaseNow(this.em);
    const former = { corporation: corporationId, usedAt: null, replacedAt: null };
    await this.em.nativeUpdate(IpTicket, former, { replacedAt: createdAt });
    const tickets = codesOf(secret + accountId, TICKETS).map((code) => ({
      corporation_id: corporationId,
      code_hash: hashesOfCode(this.#keys, code)[0]!,
      secret_key: this.config.keyFingerprint,
      created_at: createdAt,
    }));
    await tables(this.em).insertInto('ip_tickets').values(tickets).execute();
    this.#cookie.set(visit, secret);
  }

  /** Uses a ticket up, in the caller's transaction; of parallel callers one succeeds. */
  async use(corporation: string, accountId: string, code: string): Promise<boolean> {
    const codeHash = { $in: hashesOfCode(this.#keys, code) };
    const usable = { corporation, codeHash, usedAt: null, replacedAt: null };
    const used = { usedAt: await databaseNow(this.em), usedBy: accountId };
    return (await this.em.nativeUpdate(IpTicket, usable, used)) === 1;
  }
}
