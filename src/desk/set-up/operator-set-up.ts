import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import type { LinkRefusal, MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { Passkeys, type PasskeyHolder } from '../../auth/second-factor/passkeys.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { WaitingTimes } from '../../auth/sign-in/waiting-times.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Operator } from '../../identity/operator.entity.js';
import { OperatorAccess } from '../people/operator-access.js';
import { Flows, type FlowRun } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';

const FLOW = 'operator-set-up';
const ACT = 'desk-set-up';

export type SetUpOpened =
  { ok: true; link: MailedLink; operator: Operator } | { ok: false; reason: LinkRefusal };

/** The password that was chosen behind a link, until the factor is there. */
type SetUpRun = FlowRun<{ link: string; passwordHash: string }>;

/** Of an app, or the answer of a browser that made a passkey. */
type NewFactor = { code: string } | { passkey: string; name: string };

export interface SetUpStep {
  link: MailedLink;
  operator: Operator;
  run: SetUpRun;
}

/**
 * The mailed link of somebody of the desk: a password and a second factor. Both become theirs at
 * once, when the factor is proved, and use the link up.
 */
@Injectable()
export class OperatorSetUp {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly flows: Flows,
    private readonly offers: TotpOffers,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly access: OperatorAccess,
    private readonly waitingTimes: WaitingTimes,
    private readonly audit: Audit,
  ) {}

  async look(token: string | undefined): Promise<SetUpOpened> {
    const looked = await this.links.look(FLOW, token);
    if (!looked.ok) return { ok: false, reason: looked.reason };
    const { link } = looked;
    const operator = await this.em.findOneOrFail(Operator, link.subject, { refresh: true });
    return { ok: true, link, operator };
  }

  /** In this browser alone. */
  async choosePassword({ id }: MailedLink, passwordHash: string, visit: Visit): Promise<void> {
    await this.flows.begin(FLOW, { link: id, passwordHash }, visit);
  }

  /** @returns undefined where no password was chosen behind this link, or too long ago */
  async runOf({ id }: MailedLink, visit: Visit): Promise<SetUpRun | undefined> {
    const run: SetUpRun | undefined = await this.flows.find(FLOW, undefined, visit);
    return run?.entries.link === id && run.entries.passwordHash ? run : undefined;
  }

  holderOf({ operator, run }: SetUpStep): PasskeyHolder {
    const { id, loginId, name } = operator;
    return { owner: { operator: id }, loginId, name, ceremony: `set-up ${run.id}` };
  }

  async complete(
    step: SetUpStep,
    factor: NewFactor,
    visit: Visit,
  ): Promise<Settled<LinkRefusal | 'second-factor-wrong'>> {
    const { link, operator, run } = step;
    if ('passkey' in factor) await this.passkeys.load();
    return inTransaction<Settled<LinkRefusal | 'second-factor-wrong'>>(this.em, async () => {
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const held = await this.em.findOneOrFail(Operator, operator.id, { lockMode, refresh: true });
      // Whoever uses or replaces the link holds its operator, too.
      const looked = await this.links.lookById(FLOW, link.id);
      const [of, who] = [{ visit }, { operator: held.name }];
      if (!looked.ok) return this.audit.refuse(ACT, looked.reason, of, who);
      const now = await databaseNow(this.em);
      await this.access.removeFactors(held.id);
      if (!(await this.#add(step, factor, visit, now)))
        return this.audit.refuse(ACT, 'second-factor-wrong', of, who);
      await this.links.use(link);
      held.setUp(run.entries.passwordHash!, now);
      await this.recoveryCodes.issue({ operator: held.id }, { visit });
      await this.flows.forget(run, 'passwordHash');
      await this.#endWaits(held);
      const facts = { ...who, factor: 'code' in factor ? 'totp' : 'passkey' };
      return this.audit.done(ACT, of, facts);
    });
  }

  async #add(step: SetUpStep, factor: NewFactor, visit: Visit, now: Date): Promise<boolean> {
    const operatorId = step.operator.id;
    if ('passkey' in factor)
      return this.passkeys.register(this.holderOf(step), factor.name, factor.passkey);
    if (!this.offers.isConfirmed({ operatorId, visit }, factor.code, now)) return false;
    const offered = this.offers.confirm({ operatorId, visit }, factor.code, now);
    await this.factors.addTotp({ operator: operatorId }, offered.secret, offered.step);
    return true;
  }

  /** Those of strangers, who failed before. */
  async #endWaits({ id, loginIdKey }: Operator): Promise<void> {
    await this.waitingTimes.end({ operatorKey: loginIdKey });
    await this.waitingTimes.end({ factorOfOperator: id, operatorBrowser: undefined });
  }
}
