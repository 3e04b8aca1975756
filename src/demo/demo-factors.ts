import { createHash } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { RecoveryCodes } from '../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../auth/second-factor/second-factors.js';
import { hotp, stepAt } from '../auth/second-factor/totp.js';
import { TotpSecret } from '../auth/second-factor/totp-secret.entity.js';
import { databaseNow } from '../database/clock.js';
import type { Account } from '../identity/account.entity.js';

/** The authenticator apps of the demo's people, whose telephones nobody has. */
@Injectable()
export class DemoFactors {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  /** In the caller's transaction, which stored the account. */
  async add({ id, loginIdKey }: Account): Promise<void> {
    const secret = createHash('sha1').update(`genkan-demo ${loginIdKey}`).digest();
    await this.factors.addTotp({ account: id }, secret, 0);
    await this.recoveryCodes.issue({ account: id });
  }

  /** The code of each account with an app, by its id; the next one where the code of now was used. */
  async codesOf(accounts: readonly string[]): Promise<Map<string, string>> {
    const apps = await this.em.find(TotpSecret, { account: { $in: accounts } }, { refresh: true });
    const now = stepAt(await databaseNow(this.em));
    return new Map(
      apps.flatMap((app) => {
        const secret = this.factors.secretOf(app);
        if (!secret || !app.account) return [];
        return [[app.account.id, hotp(secret, Math.max(now, app.lastStep + 1))]];
      }),
    );
  }
}
