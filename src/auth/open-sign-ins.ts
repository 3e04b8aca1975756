import { Injectable } from '@nestjs/common';
import { Devices } from './devices.js';
import { Sessions } from './sessions.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';

/** Every browser that an account is, was or is about to be signed in with. */
@Injectable()
export class OpenSignIns {
  constructor(
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly unfinished: UnfinishedSignIns,
  ) {}

  /** Ends them in the caller's transaction: after the commit the password must be given everywhere. */
  async endAllOf(accountId: string): Promise<void> {
    await this.sessions.endAllOf(accountId);
    await this.devices.forgetAllOf(accountId);
    await this.unfinished.endAllOf(accountId);
  }
}
