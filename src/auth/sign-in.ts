import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Audit } from '../audit/audit.js';
import { sql } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import type { Visit } from '../web/visit.js';
import type { Checked } from './credentials.js';
import { Devices } from './devices.js';
import { Passwords } from './passwords.js';
import { Sessions } from './sessions.js';

type Proven = Extract<Checked, { ok: true }>;

/** What follows right credentials: a session, a known browser, a row in the log; all or nothing. */
@Injectable()
export class SignIn {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly devices: Devices,
    private readonly audit: Audit,
  ) {}

  /** @param password as it was typed, to renew a hash that was made with former parameters */
  async open(proven: Proven, password: string, visit: Visit, response: Response): Promise<void> {
    const { accountId } = proven;
    const renewed = proven.outdatedHash ? await this.passwords.hash(password) : undefined;
    await inTransaction(this.em, async () => {
      if (renewed)
        await sql(this.em, 'update accounts set password_hash = $2 where id = $1', [
          accountId,
          renewed,
        ]);
      await this.sessions.end(visit, response);
      await this.sessions.start(accountId, visit, response);
      await this.devices.remember(accountId, proven.device, visit, response);
      await this.audit.record({ act: 'sign-in', reason: 'done', accountId, visit });
    });
  }

  async close(visit: Visit, response: Response): Promise<void> {
    await inTransaction(this.em, async () => {
      await this.sessions.end(visit, response);
      await this.audit.record({
        act: 'sign-out',
        reason: 'done',
        accountId: visit.person?.accountId,
        visit,
      });
    });
  }
}
