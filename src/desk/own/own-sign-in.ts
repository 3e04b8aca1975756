import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Act } from '../../audit/acts.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { MOST_PASSKEYS, Passkeys, type PasskeyHolder } from '../../auth/second-factor/passkeys.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import { TotpOffers } from '../../auth/second-factor/totp-offers.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { loginIdKey } from '../../identity/login-id.js';
import { Operator } from '../../identity/operator.entity.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { OperatorMails } from '../../mail/operator-mails.js';
import { OperatorAccess } from '../people/operator-access.js';
import { DeskBrowsers } from '../sign-in/desk-browsers.js';
import { DeskSessions, type SignedInOperator } from '../sign-in/desk-sessions.js';

type Refusal =
  | 'sign-in-over'
  | 'second-factor-wrong'
  | 'last-factor'
  | 'passkeys-full'
  | 'changed-meanwhile'
  | 'password-wrong';

export type OwnChange = Settled<Refusal>;

type Work = (operator: Operator, now: Date) => Promise<Refusal | undefined>;

/**
 * What people of the desk change of their own sign-in. Other sessions, copies of this one's cookie, a
 * sign-in that waits and other known browsers end with it, mails tell of it, and one factor is
 * always left.
 */
@Injectable()
export class OwnSignIn {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly offers: TotpOffers,
    private readonly access: OperatorAccess,
    private readonly sessions: DeskSessions,
    private readonly browsers: DeskBrowsers,
    private readonly mails: OperatorMails,
    private readonly audit: Audit,
  ) {}

  /** @param current the hash that the current password was compared with */
  changePassword(me: SignedInOperator, current: string, passwordHash: string): Promise<OwnChange> {
    return this.#change(me, 'desk-password', {}, async (operator) => {
      if (operator.passwordHash !== current) return 'password-wrong';
      operator.passwordHash = passwordHash;
      return undefined;
    });
  }

  /** In place of the app before, if there is one. */
  setUpApp(me: SignedInOperator, code: string): Promise<OwnChange> {
    const owner = { operator: me.operatorId };
    return this.#change(me, 'desk-factor', { factor: 'totp' }, async (_, now) => {
      if (!this.offers.isConfirmed(me, code, now)) return 'second-factor-wrong';
      const { secret, step } = this.offers.confirm(me, code, now);
      await this.factors.removeTotp(owner);
      await this.factors.addTotp(owner, secret, step);
      return undefined;
    });
  }

  removeApp(me: SignedInOperator): Promise<OwnChange> {
    const owner = { operator: me.operatorId };
    return this.#change(me, 'desk-factor', { removed: 'totp' }, async () => {
      if ((await this.passkeys.of(owner)).length === 0) return 'last-factor';
      return (await this.factors.removeTotp(owner)) ? undefined : 'changed-meanwhile';
    });
  }

  async addPasskey(me: SignedInOperator, name: string, answer: string): Promise<OwnChange> {
    await this.passkeys.load();
    const owner = { operator: me.operatorId };
    return this.#change(me, 'desk-factor', { factor: 'passkey' }, async () => {
      if ((await this.passkeys.of(owner)).length >= MOST_PASSKEYS) return 'passkeys-full';
      const isMade = await this.passkeys.register(ownPasskeyHolder(me), name, answer);
      return isMade ? undefined : 'second-factor-wrong';
    });
  }

  removePasskey(me: SignedInOperator, id: string): Promise<OwnChange> {
    const owner = { operator: me.operatorId };
    return this.#change(me, 'desk-factor', { removed: 'passkey' }, async () => {
      const isLast = (await this.passkeys.of(owner)).length === 1;
      if (isLast && !(await this.factors.totpOf(owner))) return 'last-factor';
      return (await this.passkeys.remove(owner, id)) ? undefined : 'changed-meanwhile';
    });
  }

  /** @param sheetId the sheet that the page showed: a form of an older page voids no others */
  renewCodes(me: SignedInOperator, sheetId: string): Promise<OwnChange> {
    const owner = { operator: me.operatorId };
    return this.#change(me, 'desk-factor', { factor: 'recovery-codes' }, async () => {
      if ((await this.recoveryCodes.sheet(owner)).id !== sheetId) return 'changed-meanwhile';
      await this.recoveryCodes.issue(owner, me);
      return undefined;
    });
  }

  async #change(
    me: SignedInOperator,
    act: Act,
    changed: Record<string, string>,
    work: Work,
  ): Promise<OwnChange> {
    const { operatorId, name, sessionId, visit } = me;
    const facts = { operator: name, ...changed };
    const browser = await this.browsers.known(loginIdKey(me.loginId), visit);
    return inTransaction<OwnChange>(this.em, async () => {
      const operator = await this.sessions.hold(me);
      if (!operator) return this.audit.refuse(act, 'sign-in-over', { visit }, facts);
      const now = await databaseNow(this.em);
      const refusal = await work(operator, now);
      if (refusal) return this.audit.refuse(act, refusal, { visit }, facts);
      await this.access.endSignIns(operatorId, sessionId);
      await this.sessions.renew(me);
      operator.forgetBrowsers();
      if (browser) this.browsers.remember(operator, browser, visit);
      await this.mails.signInChanged(operator, {
        isPassword: act === 'desk-password',
        time: now,
        address: visit.address,
      });
      if (act === 'desk-factor') await this.#tellOthers(operator, now);
      return this.audit.done(act, { visit }, facts);
    });
  }

  /** A thief at the desk may read the owner's mailbox, too: the other leads hear of it, and the desk's. */
  async #tellOthers({ id, name: person, loginId, role, email }: Operator, time: Date) {
    const whom = { person, loginId, isNowLead: role === 'lead', address: maskedEmail(email) };
    const change = { ...whom, by: person, why: '', deed: 'factor', time } as const;
    const leads = await this.em.find(Operator, { role: 'lead', endedAt: null, id: { $ne: id } });
    for (const lead of leads) await this.mails.operatorChanged(lead, change);
    await this.mails.operatorChangedForDesk(change);
  }
}

/** A new key is of use once, so the session is enough to name the ceremony. */
export function ownPasskeyHolder(me: SignedInOperator): PasskeyHolder {
  const { operatorId, loginId, name, sessionId } = me;
  return { owner: { operator: operatorId }, loginId, name, ceremony: `desk ${sessionId}` };
}
