import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from '../database/sql.js';
import { loginIdKey } from '../identity/login-id.js';
import type { Visit } from '../web/visit.js';
import { Devices } from './devices.js';
import { signedInOf } from './me.js';
import { Sessions } from './sessions.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';
import { WaitingTimes } from './waiting-times.js';

/** Everything that a password once opened, or closed, for an account. */
@Injectable()
export class AccountAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly unfinished: UnfinishedSignIns,
    private readonly waitingTimes: WaitingTimes,
  ) {}

  /**
   * Ends all of it in the caller's transaction: after the commit nothing old works any more.
   * @returns a cookie for the browser that proved who it is: strangers' failures cannot make it wait
   */
  async endAllOf(accountId: string, loginId: string): Promise<string> {
    await this.endSessionsOf(accountId);
    const key = loginIdKey(loginId);
    await this.waitingTimes.end(key);
    return this.devices.remember(accountId, key);
  }

  /**
   * The password was changed by its owner, in the caller's transaction: nothing that was opened
   * before goes on, but for this session, under a new secret, and this browser.
   */
  async keepOnly(accountId: string, visit: Visit): Promise<void> {
    await this.endSessionsOf(accountId, visit);
    await this.sessions.confirm(visit);
  }

  /**
   * Ends, in the caller's transaction, what was opened with the account's credentials: sessions,
   * known browsers, unfinished sign-ins, and a change of the mail address that waits for its proof.
   * @param visit a request whose session and browser stay, if they are this account's
   */
  async endSessionsOf(accountId: string, visit?: Visit): Promise<void> {
    const person = signedInOf(visit);
    const isOwn = person?.accountId === accountId;
    const device = isOwn ? await this.devices.recognise(accountId, visit!) : undefined;
    await this.sessions.endAllOf(accountId, isOwn ? person.sessionId : undefined);
    await this.devices.forgetAllOf(accountId, device);
    await this.unfinished.endAllOf(accountId);
    await sql(
      this.em,
      `update email_changes set voided_at = genkan_now()
       where account_id = $1 and proved_at is null and voided_at is null`,
      [accountId],
    );
  }
}
