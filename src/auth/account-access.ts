import { Injectable } from '@nestjs/common';
import { loginIdKey } from '../accounts/login-id.js';
import { Devices } from './devices.js';
import { OpenSignIns } from './open-sign-ins.js';
import { WaitingTimes } from './waiting-times.js';

/** Everything that a password once opened, or closed, for an account. */
@Injectable()
export class AccountAccess {
  constructor(
    private readonly openSignIns: OpenSignIns,
    private readonly devices: Devices,
    private readonly waitingTimes: WaitingTimes,
  ) {}

  /**
   * Ends all of it in the caller's transaction: after the commit nothing old works any more.
   * @returns a cookie for the browser that proved who it is: strangers' failures cannot make it wait
   */
  async endAllOf(accountId: string, loginId: string): Promise<string> {
    await this.openSignIns.endAllOf(accountId);
    await this.waitingTimes.end(loginIdKey(loginId));
    return this.devices.remember(accountId);
  }
}
