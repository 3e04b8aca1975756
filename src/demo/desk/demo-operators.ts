import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { TotpSecret } from '../../auth/second-factor/totp-secret.entity.js';
import { hotp, stepAt } from '../../auth/second-factor/totp.js';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { loginIdKey } from '../../identity/login-id.js';
import { Operator } from '../../identity/operator.entity.js';
import { derived } from '../../seal.js';
import { say } from '../../web/sentence.js';

const PEOPLE = [
  {
    loginId: 'tamura-desk',
    name: '田村',
    role: 'lead',
    part: say('オペレーターの追加もできます。'),
  },
  { loginId: 'nakai-desk', name: '中井', role: 'clerk', part: say('お問い合わせに対応します。') },
] as const;

const SECRET_BYTES = 20;

/** The desk's people of the demo, with authenticator apps whose codes the demo's first page shows. */
@Injectable()
export class DemoOperators {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly factors: SecondFactors,
  ) {}

  /** In the caller's transaction. */
  async add(passwordHash: string): Promise<void> {
    const now = await databaseNow(this.em);
    for (const { loginId, name, role } of PEOPLE) {
      const named = { loginId, loginIdKey: loginIdKey(loginId), name, role, letInBy: [] };
      const email = `${loginId}@genkan.example`;
      const operator = this.em.create(Operator, { ...named, email, createdAt: now });
      operator.setUp(passwordHash, now);
      operator.secondWordFrom = now;
      await this.em.flush();
      await this.factors.addTotp({ operator: operator.id }, this.#secretOf(loginId), 0);
    }
  }

  /** As they are now. Null in place of a code that the demo does not know any more. */
  async cast() {
    const now = await databaseNow(this.em);
    const shown = [];
    for (const { loginId, part } of PEOPLE) {
      const operator = await this.em.findOne(Operator, { loginId }, { refresh: true });
      if (!operator || operator.endedAt) continue;
      const { name, role } = operator;
      const code = (await this.#isAsBefore(operator))
        ? hotp(this.#secretOf(loginId), stepAt(now))
        : null;
      shown.push({ loginId, name, isLead: role === 'lead', part, code });
    }
    return shown;
  }

  /** Neither the password nor the app is another. */
  async #isAsBefore({ id, name, createdAt }: Operator): Promise<boolean> {
    const totp = await this.em.findOne(TotpSecret, { operator: id }, { refresh: true });
    if (totp?.createdAt.getTime() !== createdAt.getTime()) return false;
    const changes = await this.em.find(AuditEntry, { act: 'desk-password', reason: 'done' });
    return changes.every(({ facts }) => facts.operator !== name);
  }

  #secretOf(loginId: string): Buffer {
    return derived(this.config.secretKey, `demo operator ${loginId}`).subarray(0, SECRET_BYTES);
  }
}
