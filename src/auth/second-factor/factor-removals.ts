import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type OutcomeOf } from '../../audit/audit.js';
import { caseFacts } from '../../cases/case-facts.js';
import { before, databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import type { Visit } from '../../web/visit.js';
import type { MailedLink } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { Session } from '../sessions/session.entity.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorRemoval, type RemovalOutcome } from './factor-removal.entity.js';

/** The job that tells everybody who was told of its beginning (lost-factor/removal-news.ts). */
export const TELL_OF_END = 'tell-factor-removal-end';

/** So long the TOP page tells of it. */
const TOLD = { days: 3 };

/** Of those that ended the last one counts: not one that lapsed, nor a first word that was taken back. */
const ENDED = {
  outcome: { $nin: ['lapsed' as const] },
  $or: [{ beganAt: { $ne: null } }, { outcome: { $ne: 'cancelled' as const } }],
};

const RUNS = { outcome: null, stateNow: { $in: ['running' as const, 'due' as const] } };

type Reader = Pick<SignedIn, 'corporationId' | 'accountId' | 'isNewcomer'>;

/** A newcomer whose own case is undecided has no say about others. */
export function toldTo({ corporationId: corporation, accountId: account, isNewcomer }: Reader) {
  return { corporation, ...(isNewcomer && { account }) };
}

/** The removal of a lost factor that an account may have, and the ways in which it ends. */
@Injectable()
export class FactorRemovals {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** The one that is not over, if there is one; held until the end of the caller's transaction. */
  async hold(account: string): Promise<FactorRemoval | undefined> {
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    return (await this.em.findOne(FactorRemoval, { account, outcome: null }, held)) ?? undefined;
  }

  async of(account: string): Promise<FactorRemoval | undefined> {
    const open = { account, outcome: null };
    return (await this.em.findOne(FactorRemoval, open, { refresh: true })) ?? undefined;
  }

  /**
   * Somebody objected to the last removal of this very factor: the desk decides about the next one.
   * Another factor, set up since, has nothing to do with it.
   */
  async isAtDesk({ id: account, secondFactorSince }: Account): Promise<boolean> {
    const last = await this.#lastEnded(account);
    if (last?.outcome !== 'objected' || !secondFactorSince) return false;
    return secondFactorSince < last.endedAt!;
  }

  /** When a use of this very factor took the first word of the desk back last. */
  async wordTakenBackAt({ id: account, secondFactorSince }: Account): Promise<Date | undefined> {
    if (!secondFactorSince) return undefined;
    const endedAt = { $gt: secondFactorSince };
    const takenBack = { account, outcome: 'cancelled', beganAt: null, endedAt } as const;
    const order = { orderBy: { endedAt: 'desc' } } as const;
    return (await this.em.findOne(FactorRemoval, takenBack, order))?.endedAt ?? undefined;
  }

  /** Somebody objected to the last one, or used the factor against the desk's: now it has decided. */
  async wasStopped(account: string): Promise<boolean> {
    const last = await this.#lastEnded(account);
    return last?.outcome === 'objected' || (last?.outcome === 'cancelled' && last.isOfDesk);
  }

  #lastEnded(account: string): Promise<FactorRemoval | null> {
    const ended = { account, ...ENDED };
    return this.em.findOne(FactorRemoval, ended, { orderBy: { endedAt: 'desc' } });
  }

  /** When the closing of the company ended the last one of this very factor, and the owner has not come in since. */
  async endedWithCompanyAt({
    id: account,
    secondFactorSince: since,
    lastSignInAt,
  }: Account): Promise<Date | undefined> {
    const begun = { account, beganAt: { $ne: null } };
    const last = await this.em.findOne(FactorRemoval, begun, { orderBy: { beganAt: 'desc' } });
    const at = last?.outcome === 'lapsed' ? last.endedAt! : undefined;
    return at && since && since < at && !(lastSignInAt && lastSignInAt > at) ? at : undefined;
  }

  /** Of somebody's company: those that everybody there is told of. */
  async announcedTo(person: Reader): Promise<FactorRemoval[]> {
    const announced = { ...toldTo(person), ...RUNS };
    const order = { populate: ['account'], orderBy: { beganAt: 'asc' }, refresh: true } as const;
    return this.em.find(FactorRemoval, announced, order);
  }

  /** Those that objections stopped lately, as long as nothing else became of the factor since. */
  async stoppedLately(person: Reader, now: Date): Promise<FactorRemoval[]> {
    const endedAt = { $gt: before(now, TOLD) };
    const stopped = { ...toldTo(person), outcome: 'objected', endedAt } as const;
    const order = { populate: ['account'], orderBy: { endedAt: 'asc' }, refresh: true } as const;
    const found = await this.em.find(FactorRemoval, stopped, order);
    const lasting: FactorRemoval[] = [];
    for (const removal of found) {
      const { account, endedAt: at } = removal;
      const since = account.secondFactorSince;
      const isLast = (await this.em.count(FactorRemoval, { account, beganAt: { $gt: at } })) === 0;
      if (isLast && since && since < at!) lasting.push(removal);
    }
    return lasting;
  }

  /** The one that a used link began. */
  async begunBy({ subject: account, usedAt }: MailedLink): Promise<FactorRemoval | undefined> {
    if (!usedAt) return undefined;
    const since = { account, beganAt: { $gte: usedAt } };
    const first = { orderBy: { beganAt: 'asc' }, refresh: true } as const;
    return (await this.em.findOne(FactorRemoval, since, first)) ?? undefined;
  }

  /** When a use of the old factor ended the person's own one lately, and none began since. */
  async cancelledAt(account: string, now: Date): Promise<Date | undefined> {
    const last = { orderBy: { beganAt: 'desc' }, refresh: true } as const;
    const removal = await this.em.findOne(FactorRemoval, { account, beganAt: { $ne: null } }, last);
    const { outcome, endedAt } = removal ?? {};
    return outcome === 'cancelled' && endedAt! > before(now, TOLD) ? endedAt! : undefined;
  }

  /**
   * The old factor was used or changed, in the caller's transaction: it is not lost. A thief who set it
   * up would do so again and again, so what the desk began anew goes on. A first word of the desk is
   * taken back: the one who gave it did not know.
   */
  async cancelAsNotLost(account: string, visit?: Visit): Promise<void> {
    const removal = await this.hold(account);
    const isAsked = removal?.stateNow === 'asked' && !(await this.wasStopped(account));
    if (!removal || !(isAsked || (removal.canBeStopped && !removal.isFinal))) return;
    const of = { corporationId: removal.corporation.id, accountId: account, visit };
    const isNothing = isAsked && !removal.firstOperator;
    await this.end(removal, isNothing ? 'lapsed' : 'cancelled');
    if (!isAsked) await this.audit.done('lost-factor-cancellation', of);
    else if (removal.firstOperator) {
      // No act of the person's own.
      const matter = await caseFacts(this.em, account);
      const facts = { ...matter, target: account, cause: 'factor-used' };
      await this.audit.done('factor-word-end', { corporationId: of.corporationId }, facts);
    }
  }

  async runs(of: { corporation: string } | { account: string }): Promise<boolean> {
    return (await this.em.count(FactorRemoval, { ...of, ...RUNS })) > 0;
  }

  /** While a company is closed, nobody of it could object on a page or use the factor in time. */
  async endWithCompany(of: OutcomeOf & { corporationId: string }, operator: string): Promise<void> {
    const running = { corporation: of.corporationId, ...RUNS };
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    for (const removal of await this.em.find(FactorRemoval, running, held)) {
      await this.end(removal, 'lapsed');
      const facts = { target: removal.account.id, cause: 'corporation-closed', operator };
      await this.audit.done('lost-factor-end', of, facts);
    }
  }

  /** Ends it in the caller's transaction, with the link and the sessions that it opened. */
  async end(removal: FactorRemoval, outcome: RemovalOutcome): Promise<void> {
    const wasAnnounced = removal.canBeStopped;
    removal.end(outcome, await databaseNow(this.em));
    await this.em.flush();
    const account = removal.account.id;
    await this.links.replace('lost-factor', account);
    await this.links.replace('factor-enrolment', removal.id);
    if (outcome !== 'completed') await this.em.nativeDelete(Session, { account, enrolsOnly: true });
    if (wasAnnounced) await this.jobs.add(TELL_OF_END, { id: removal.id });
  }
}
