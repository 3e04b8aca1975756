import { EntityManager } from '@mikro-orm/postgresql';
import { ForbiddenException, Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import type { LinkInMail } from '../../mail/mail-queue.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { Visit } from '../../web/visit.js';
import { Session } from '../sessions/session.entity.js';
import type { SignedIn } from '../sessions/sessions.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { AccountAccess } from '../sign-in/account-access.js';
import { FactorDuties } from './duty/factor-duties.js';
import { FactorChange, type FactorChanged } from './factor-change.js';
import type { FactorVisitor } from './factor-owner.js';
import { FactorRemovals } from './factor-removals.js';
import { Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactors } from './second-factors.js';
import { TotpOffers } from './totp-offers.js';

const SET_UP = 'second-factor-setup';
/** The mail about a first factor, which whoever knew the password could set up, takes it off again. */
const REPORT = 'second-factor-report';
const REPORTABLE = { hours: 72 };

const TOTP = { factor: 'totp' };

/** The life of an account's authenticator app and recovery codes, with which everything else goes. */
@Injectable()
export class FactorChanges {
  constructor(
    private readonly em: EntityManager,
    private readonly change: FactorChange,
    private readonly factors: SecondFactors,
    private readonly offers: TotpOffers,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly removals: FactorRemovals,
    private readonly access: AccountAccess,
    private readonly links: MailedLinks,
    private readonly duties: FactorDuties,
    private readonly mails: OwnAccountMails,
    private readonly audit: Audit,
  ) {}

  /**
   * The secret that the page showed, confirmed by a code of it, which is used up; with recovery codes.
   * At the end of a removal it takes the place of the lost factor.
   */
  async setUpTotp(person: SignedIn, code: string): Promise<FactorChanged> {
    let report: LinkInMail | undefined;
    return this.change.by(person, {
      act: SET_UP,
      facts: TOTP,
      proves: 'factor',
      make: async (account, now) => {
        const lost = person.enrolsOnly ? await this.removals.of(account.id) : undefined;
        if (lost?.stateNow !== 'due' && (await this.factors.totpOf({ account: account.id })))
          return 'changed-meanwhile';
        if (!this.offers.isConfirmed(person, code, now)) return 'second-factor-wrong';
        if (lost) await this.takeOffLost(account);
        await this.#addTotp(account, code, person, now);
        await this.em.nativeUpdate(Session, { id: person.sessionId }, { enrolsOnly: false });
        // With a factor that was given just now and is taken off, the owner sets up another one.
        if (!person.hasFactor && !person.factorIsFresh)
          report = await this.links.issue(REPORT, account.id, REPORTABLE);
        return undefined;
      },
      tell: (to, facts) => this.mails.secondFactorSetUp(to, facts, report ? { link: report } : {}),
    });
  }

  /**
   * The same of a newcomer, in the caller's transaction, which holds the account and activates it:
   * nothing is open yet that could end. @param code one that `TotpOffers` confirmed
   */
  async setUpTotpOfNewcomer(account: Account, code: string, visit: Visit): Promise<void> {
    const time = await databaseNow(this.em);
    await this.#addTotp(account, code, { visit }, time);
    const facts = { time, address: visit.address };
    await this.mails.secondFactorSetUp(account.addressee, facts, { isNewcomer: true });
    await this.audit.done(SET_UP, { ...account.addressee, visit }, TOTP);
  }

  async #addTotp(
    account: Account,
    code: string,
    by: Pick<FactorVisitor, 'visit' | 'sessionId'>,
    now: Date,
  ): Promise<void> {
    const { secret, step } = this.offers.confirm(
      { accountId: account.id, visit: by.visit },
      code,
      now,
    );
    await this.factors.addTotp({ account: account.id }, secret, step);
    account.secondFactorSince ??= now;
    await this.recoveryCodes.issue({ account: account.id }, by);
  }

  /** Passkeys and recovery codes stand beside the app, and go with it. */
  async removeTotp(person: SignedIn): Promise<FactorChanged> {
    return this.change.by(person, {
      act: 'second-factor-removal',
      facts: TOTP,
      make: async (account) => {
        if (!(await this.factors.removeTotp({ account: account.id }))) return 'changed-meanwhile';
        await this.#distrustFirst(account, person);
        await this.#removeRest(account);
        this.recoveryCodes.hide(person.visit);
        return undefined;
      },
      tell: async (to, facts) => {
        const dueAt = (await this.duties.dueAt(person.accountId)) ?? null;
        return this.mails.secondFactorRemoved(to, { ...facts, dueAt });
      },
    });
  }

  /** A first factor, as long as it can be reported, may be a thief's: the next one is first, too. */
  async #distrustFirst({ id }: Account, { sessionId }: SignedIn): Promise<void> {
    if (await this.links.liveOf(REPORT, id))
      await this.em.nativeUpdate(Session, { id: sessionId }, { factorConfirmedAt: null });
  }

  /**
   * Takes all factors off somebody else, in the caller's transaction, which holds the account: what
   * they opened ends with them. @returns false when there are none
   */
  async takeOff(account: Account): Promise<boolean> {
    if (!(await this.factors.removeTotp({ account: account.id }))) return false;
    await this.#removeRest(account);
    await this.access.endSessionsOf(account.id);
    const removal = await this.removals.hold(account.id);
    if (removal) await this.removals.end(removal, 'taken-off');
    return true;
  }

  /**
   * At the end of a removal, in the caller's transaction, which holds the account. The lost factor goes
   * before its removal is held, in the order in which a use of it takes them.
   */
  async takeOffLost(account: Account): Promise<void> {
    await this.factors.removeTotp({ account: account.id });
    const removal = await this.removals.hold(account.id);
    if (removal?.stateNow !== 'due') throw new ForbiddenException('The removal ended meanwhile');
    await this.#removeRest(account);
    await this.removals.end(removal, 'completed');
  }

  async #removeRest(account: Account): Promise<void> {
    await this.recoveryCodes.removeAll({ account: account.id });
    await this.passkeys.removeAll({ account: account.id });
    // A link about a factor that is gone would take off what its owner sets up or chooses later.
    await this.links.replace(REPORT, account.id);
    account.secondFactorSince = null;
  }

  /** @param sheetId the sheet that the page showed: a form of an older page voids no others */
  async renewCodes(person: SignedIn, sheetId: string): Promise<FactorChanged> {
    return this.change.by(person, {
      act: 'recovery-codes',
      make: async (account) => {
        const { id } = await this.recoveryCodes.sheet({ account: account.id });
        if (!account.secondFactorSince || id !== sheetId) return 'changed-meanwhile';
        await this.recoveryCodes.issue({ account: account.id }, person);
        return undefined;
      },
      tell: (to, facts) => this.mails.recoveryCodesRenewed(to, facts),
    });
  }
}
