import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { Account } from '../../identity/account.entity.js';
import { loginIdKey } from '../../identity/login-id.js';
import type { Visit } from '../../web/visit.js';
import { MailboxRecoveries } from '../mailed-links/mailbox-recoveries.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { signedInOf } from '../sessions/me.js';
import { Sessions } from '../sessions/sessions.js';
import { Devices } from './devices.js';
import { KnownEnvironment } from './known-environment.entity.js';
import { PendingSignIns } from './pending-sign-ins.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';
import { WaitingTimes } from './waiting-times.js';

@Injectable()
export class AccountAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly unfinished: UnfinishedSignIns,
    private readonly pending: PendingSignIns,
    private readonly links: MailedLinks,
    private readonly recoveries: MailboxRecoveries,
    private readonly waitingTimes: WaitingTimes,
  ) {}

  /**
   * Ends all of it in the caller's transaction: after the commit nothing old works any more. Tries at
   * the second factor stay counted, because what was proved replaces the password alone.
   * @returns a cookie for the browser that proved its person: strangers' failures cannot make it wait
   */
  async endAllOf(accountId: string, loginId: string): Promise<string> {
    await this.endSessionsOf(accountId);
    const key = loginIdKey(loginId);
    await this.waitingTimes.end({ loginIdKey: key });
    return this.devices.remember(accountId, key);
  }

  /**
   * The mailbox's reader says that somebody else was at work, in the caller's transaction: sign-ins
   * end, and so do recoveries, which that one may have begun. Networks and browsers are unknown again,
   * so that the next sign-in from there is told.
   */
  async takeBack(account: Account): Promise<void> {
    await this.endSessionsOf(account.id);
    await this.em.nativeDelete(KnownEnvironment, { account });
    await this.recoveries.end(account.email);
  }

  /**
   * The password was changed by its owner, in the caller's transaction: nothing that was opened
   * before goes on, but for this session, under a new secret, and this browser.
   */
  async keepOnly(accountId: string, visit: Visit): Promise<void> {
    await this.endSessionsOf(accountId, visit);
    await this.sessions.renewForGood(visit);
  }

  /**
   * Factors changed, in the caller's transaction: they are asked everywhere but in this session. Other
   * browsers are unknown again: one that was known before has not proved the factor, and has no tries
   * of its own. What waits, such as a change of the mail address or a link for those who lost a factor,
   * was asked for without it.
   */
  async askFactorAnew(accountId: string, visit: Visit): Promise<void> {
    await this.sessions.endAllOf(accountId, signedInOf(visit)?.sessionId);
    await this.devices.forgetAllOf(accountId, await this.devices.recognise(accountId, visit));
    await this.#endWhatWaits(accountId);
  }

  /** No browser of the account goes on without the second factor. */
  async endTrustOf(accountId: string): Promise<void> {
    await this.devices.endTrustOf(accountId);
    await this.pending.endAllOf(accountId);
  }

  /**
   * Ends sessions, known browsers, unfinished sign-ins and a change of the mail address that waits;
   * what visit has of this account stays.
   */
  async endSessionsOf(accountId: string, visit?: Visit): Promise<void> {
    const person = signedInOf(visit);
    const isOwn = person?.accountId === accountId;
    const device = isOwn ? await this.devices.recognise(accountId, visit!) : undefined;
    await this.sessions.endAllOf(accountId, isOwn ? person.sessionId : undefined);
    await this.devices.forgetAllOf(accountId, device);
    await this.#endWhatWaits(accountId);
  }

  async #endWhatWaits(accountId: string): Promise<void> {
    await this.endTrustOf(accountId);
    await this.unfinished.endAllOf(accountId);
    await this.links.replace('lost-factor', accountId);
    await this.#voidEmailChange(accountId);
  }

  async #voidEmailChange(accountId: string): Promise<void> {
    const voided = await tables(this.em)
      .updateTable('email_changes')
      .set({ voided_at: sqlNow })
      .where('account_id', '=', accountId)
      .where('proved_at', 'is', null)
      .where('voided_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of voided) await this.links.replace('email-proof', id);
  }
}
