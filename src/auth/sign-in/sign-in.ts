import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { Pool } from 'pg';
import { countOutcome } from '../../audit/outcome-count.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { browserFacts } from '../../web/browser-name.js';
import { Flows } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import { Sessions } from '../sessions/sessions.js';
import type { EntryOutcome, ProvenCredentials } from './credentials.js';
import { DEVICE_DAYS, Devices } from './devices.js';
import { OPEN_SESSION, type OpenedSession } from './open-session.js';

const UNFINISHED = 'unfinished-sign-in';

interface Unfinished {
  accountId: string;
  /** Of the refusal, for the desk. */
  requestId: string;
  at: string;
}

/** A right password that let nobody in. */
export interface RefusedSignIn extends Omit<Unfinished, 'at'> {
  flowId: string;
  at: Date;
}

/** The second factor that was given, and whether the browser goes on without it for a time. */
export interface GivenFactor {
  factor: string;
  trusts: boolean;
  /** A code of the app that is not used up yet: for which sign-in, and the lane that its try counts in. */
  uses?: { signIn: string; step: number; lane: string };
}

/** The part of a sign-in that follows right credentials: a session, or a page that stands before it. */
@Injectable()
export class SignIn {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly flows: Flows,
  ) {}

  async open(proven: ProvenCredentials, visit: Visit): Promise<EntryOutcome> {
    const { counts, isOpen } = await this.#open(this.#prepared, proven, visit);
    if (isOpen) return 'open';
    return counts ? 'changed' : 'waiting';
  }

  /** The same in the caller's transaction, which uses the factor up. */
  async openWithFactor(
    proven: ProvenCredentials,
    visit: Visit,
    given: GivenFactor,
  ): Promise<boolean> {
    const write = async (values: unknown[]) =>
      (
        await tables(this.em).executeQuery<OpenedSession>(
          CompiledQuery.raw(OPEN_SESSION.text, values),
        )
      ).rows;
    return (await this.#open(write, proven, visit, given)).isOpen;
  }

  /** The same with a code of the app, which it uses up; the account is held for both. */
  async openWithTotp(
    proven: ProvenCredentials,
    visit: Visit,
    given: Required<GivenFactor>,
  ): Promise<OpenedSession> {
    return this.#open(this.#prepared, proven, visit, given);
  }

  readonly #prepared = async (values: unknown[]) =>
    (await this.pool.query<OpenedSession>({ ...OPEN_SESSION, values })).rows;

  async #open(
    write: (values: unknown[]) => Promise<OpenedSession[]>,
    proven: ProvenCredentials,
    visit: Visit,
    given?: GivenFactor,
  ): Promise<OpenedSession> {
    const session = newCookieSecret();
    const known = proven.device ? this.devices.read(visit)! : undefined;
    const device = newCookieSecret();
    const former = splitCookie(this.sessions.cookie.read(visit));
    const [opened] = await write([
      proven.accountId,
      visit.address,
      proven.passwordHash,
      proven.renewedHash,
      former?.id ?? null,
      proven.device ?? device.id,
      device.hash,
      DEVICE_DAYS,
      visit.requestId,
      session.id,
      session.hash,
      visit.browser,
      this.config.sessionAbsolute / 1000,
      former ? hashOf(former.secret) : null,
      { ...browserFacts(visit.browser), ...(given && { factor: given.factor }) },
      proven.device !== undefined,
      visit.network,
      given !== undefined,
      given?.trusts ?? false,
      given?.uses?.signIn ?? null,
      given?.uses?.step ?? null,
      given ? (given.uses?.lane ?? null) : (proven.unsettled?.lane ?? null),
    ]);
    if (!opened!.isOpen) return opened!;
    countOutcome('sign-in', 'done');
    this.sessions.cookie.set(visit, session.cookie);
    this.devices.keep(known ?? device, proven.loginIdKey, visit);
    return opened!;
  }

  /**
   * The password was right, but something else has to come first; the browser is known by a cookie.
   * @returns the id by which this one is found among several
   */
  async leaveUnfinished(accountId: string, visit: Visit): Promise<string> {
    const at = (await databaseNow(this.em)).toISOString();
    const entries = { accountId, requestId: visit.requestId, at };
    return (await this.flows.begin<Unfinished>(UNFINISHED, entries, visit)).id;
  }

  /** The account whose right password this browser gave within the last 30 minutes. */
  async unfinishedAccount(visit: Visit): Promise<string | undefined> {
    return (await this.unfinished(undefined, visit))?.accountId;
  }

  /** @param id of one of several; absent: the last one */
  async unfinished(id: unknown, visit: Visit): Promise<RefusedSignIn | undefined> {
    const flow = await this.flows.find<Unfinished>(UNFINISHED, id, visit);
    if (!flow) return undefined;
    const { accountId, requestId, at } = flow.entries as Unfinished;
    return { accountId, requestId, at: new Date(at), flowId: flow.id };
  }

  async endUnfinished(accountId: string): Promise<void> {
    await this.flows.endAll<Unfinished>(UNFINISHED, { accountId });
  }
}
