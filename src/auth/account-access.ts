import { Injectable } from '@nestjs/common';
import { loginIdKey } from '../accounts/login-id.js';
import { Devices } from './devices.js';
import { Sessions } from './sessions.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';
import { WaitingTimes } from './waiting-times.js';

/** Everything that a password once opened, or closed, for an account. */
@Injectable()
export class AccountAccess {
  constructor(
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
    await this.shut(accountId);
    await this.waitingTimes.end(loginIdKey(loginId));
    return this.devices.remember(accountId);
  }

  /**
   * Ends sessions, known browsers and unfinished sign-ins of somebody who may not come in any more, in
   * the caller's transaction.
   */
  async shut(accountId: string): Promise<void> {
    await this.sessions.endAllOf(accountId);
    await this.devices.forgetAllOf(accountId);
    await this.unfinished.endAllOf(accountId);
  }
}
