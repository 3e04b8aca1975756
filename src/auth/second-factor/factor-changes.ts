import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { ForbiddenException, Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { Session } from '../sessions/session.entity.js';
import { Sessions, type SignedIn } from '../sessions/sessions.js';
import { AccountAccess } from '../sign-in/account-access.js';
import type { FactorRemoval } from './factor-removal.entity.js';
import { FactorRemovals } from './factor-removals.js';
import { MOST_PASSKEYS, Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactors } from './second-factors.js';
import { TotpOffers } from './totp-offers.js';
import { stepsOf } from './totp.js';

export type FactorChanged = Settled<'second-factor-wrong' | 'changed-meanwhile'>;

/** The life of an account's factors. Each change asks for the factor everywhere anew, and is told by mail. */
@Injectable()
export class FactorChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: SecondFactors,
    private readonly offers: TotpOffers,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly removals: FactorRemovals,
    private readonly access: AccountAccess,
    private readonly sessions: Sessions,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /**
   * The secret that the page showed, confirmed by a code of it, which is used up; with recovery codes.
   * At the end of a removal it takes the place of the lost factor.
   */
  async setUpTotp(person: SignedIn, code: string): Promise<FactorChanged> {
    const act = 'second-factor-setup';
    return inTransaction<FactorChanged>(this.em, async () => {
      const account = await this.#hold(person);
      const lost = person.enrolsOnly ? await this.removals.of(account.id) : undefined;
      if (lost?.stateNow !== 'due' && (await this.factors.totpOf(account.id)))
        return this.audit.refuse(act, 'changed-meanwhile', person);
      const now = await databaseNow(this.em);
      const secret = this.offers.of(person);
      const step = stepsOf(secret, code, now).at(-1);
      if (step === undefined) return this.audit.refuse(act, 'second-factor-wrong', person);
      if (lost) await this.#replace(lost, account);
      await this.factors.addTotp(account.id, secret, step);
      account.secondFactorSince ??= now;
      this.offers.end(person);
      await this.recoveryCodes.issue(account.id, person.visit);
      await this.#askAnew(person);
      await this.em.nativeUpdate(Session, { id: person.sessionId }, { enrolsOnly: false });
      await this.mails.secondFactorSetUp(account.addressee, this.#facts(now, person));
      return this.audit.done(act, person, { factor: 'totp' });
    });
  }

  /** @param answer of the browser to the options that the page showed */
  async addPasskey(person: SignedIn, name: string, answer: string): Promise<FactorChanged> {
    const act = 'second-factor-setup';
    const cookie = this.sessions.cookie.read(person.visit) ?? '';
    return inTransaction<FactorChanged>(this.em, async () => {
      const account = await this.#hold(person);
      const isFull = (await this.passkeys.of(account.id)).length >= MOST_PASSKEYS;
      if (isFull || !(await this.passkeys.register(account.id, name, answer, cookie)))
        return this.audit.refuse(act, 'second-factor-wrong', person);
      await this.#askAnew(person);
      const now = await databaseNow(this.em);
      await this.mails.passkeyAdded(account.addressee, this.#facts(now, person));
      return this.audit.done(act, person, { factor: 'passkey' });
    });
  }

  async removePasskey(person: SignedIn, id: string): Promise<FactorChanged> {
    const act = 'second-factor-removal';
    return inTransaction<FactorChanged>(this.em, async () => {
      const account = await this.#hold(person);
      if (!(await this.passkeys.remove(account.id, id)))
        return this.audit.refuse(act, 'changed-meanwhile', person);
      await this.#askAnew(person);
      const now = await databaseNow(this.em);
      await this.mails.passkeyRemoved(account.addressee, this.#facts(now, person));
      return this.audit.done(act, person, { factor: 'passkey' });
    });
  }

  /** Passkeys and recovery codes stand beside the app, and go with it. */
  async removeTotp(person: SignedIn): Promise<FactorChanged> {
    const act = 'second-factor-removal';
    return inTransaction<FactorChanged>(this.em, async () => {
      const account = await this.#hold(person);
      if (!(await this.factors.removeTotp(account.id)))
        return this.audit.refuse(act, 'changed-meanwhile', person);
      await this.#removeRest(account);
      this.recoveryCodes.hide(person.visit);
      await this.#askAnew(person);
      const now = await databaseNow(this.em);
      await this.mails.secondFactorRemoved(account.addressee, this.#facts(now, person));
      return this.audit.done(act, person, { factor: 'totp' });
    });
  }

  /**
   * Takes all factors off somebody else, in the caller's transaction, which holds the account: what
   * they opened ends with them. @returns false when there are none
   */
  async takeOff(account: Account): Promise<boolean> {
    if (!(await this.factors.removeTotp(account.id))) return false;
    await this.#removeRest(account);
    await this.access.endSessionsOf(account.id);
    const removal = await this.removals.hold(account.id);
    if (removal) await this.removals.end(removal, 'taken-off');
    return true;
  }

  /** The lost factor goes before its removal is held, in the order in which a use of it takes them. */
  async #replace({ account: { id } }: FactorRemoval, account: Account): Promise<void> {
    await this.factors.removeTotp(id);
    const removal = await this.removals.hold(id);
    if (removal?.stateNow !== 'due') throw new ForbiddenException('The removal ended meanwhile');
    await this.#removeRest(account);
    await this.removals.end(removal, 'completed');
  }

  async #removeRest(account: Account): Promise<void> {
    await this.recoveryCodes.removeAll(account.id);
    await this.passkeys.removeAll(account.id);
    account.secondFactorSince = null;
  }

  /** @param sheetId the sheet that the page showed: a form of an older page voids no others */
  async renewCodes(person: SignedIn, sheetId: string): Promise<FactorChanged> {
    const act = 'recovery-codes';
    return inTransaction<FactorChanged>(this.em, async () => {
      const account = await this.#hold(person);
      const { id } = await this.recoveryCodes.sheet(account.id);
      if (!account.secondFactorSince || id !== sheetId)
        return this.audit.refuse(act, 'changed-meanwhile', person);
      await this.recoveryCodes.issue(account.id, person.visit);
      const now = await databaseNow(this.em);
      await this.mails.recoveryCodesRenewed(account.addressee, this.#facts(now, person));
      return this.audit.done(act, person);
    });
  }

  async #hold({ accountId }: SignedIn): Promise<Account> {
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const account = await this.em.findOneOrFail(Account, accountId, held);
    await this.em.populate(account, ['corporation']);
    return account;
  }

  async #askAnew({ accountId, visit }: SignedIn): Promise<void> {
    await this.access.askFactorAnew(accountId, visit);
    await this.sessions.confirm(visit, 'factor');
  }

  #facts(time: Date, { visit }: SignedIn): { time: Date; address: string } {
    return { time, address: visit.address };
  }
}
