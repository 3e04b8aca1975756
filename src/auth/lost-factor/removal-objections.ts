import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type OutcomeOf } from '../../audit/audit.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { CompanyTurns } from '../../limits/company-turns.js';
import { LostFactorMails } from '../../mail/lost-factor-mails.js';
import type { Visit } from '../../web/visit.js';
import type { MailedLink } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';
import { FactorRemovals, toldTo } from '../second-factor/factor-removals.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorObjector } from './factor-objector.entity.js';
import { lossOf } from './loss-requests.js';
import { deskFactsOf } from './removal-news.js';

const ACT = 'lost-factor-objection';

type ObjectionRefused = 'link-unknown' | 'state-changed' | 'removal-over' | 'desk-decides';

type ObjectionOpened =
  | { ok: true; link: MailedLink; objector: FactorObjector; removal: FactorRemoval }
  | RefusedObjection;

/** The objector with the removal, where the link led to one. */
export type RefusedObjection = {
  ok: false;
  reason: ObjectionRefused;
  objector?: FactorObjector;
};

type RemovalStopped = { ok: true } | RefusedObjection;

/**
 * An objection ends the removal. It decides nothing else: the objector may be the one who wants the
 * administrator kept out, so the desk hears of it and can begin another one, which stands.
 */
@Injectable()
export class RemovalObjections {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly removals: FactorRemovals,
    private readonly mails: LostFactorMails,
    private readonly turns: CompanyTurns,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** Looks without changing anything. A link is never used up: after an objection it says so. */
  async look(token: string | undefined): Promise<ObjectionOpened> {
    const { link } = await this.links.look('factor-objection', token);
    const objector =
      link &&
      (await this.em.findOne(FactorObjector, link.subject, {
        populate: ['account.corporation', 'removal.account', 'removal.corporation'],
        refresh: true,
      }));
    if (!objector || (await this.#isUndecided(objector)))
      return { ok: false, reason: 'link-unknown' };
    const { removal } = objector;
    const reason = objector.isGone ? 'state-changed' : refusalOf(removal);
    if (reason) return { ok: false, reason, objector };
    return { ok: true, link, objector, removal };
  }

  /** It takes a turn of the company, as the objection to a succession does. */
  async byLink(token: string | undefined, visit: Visit): Promise<RemovalStopped> {
    const looked = await this.look(token);
    if (!looked.ok) return looked;
    const { objector, removal } = looked;
    const lane = { person: objector.id, session: visit.client, address: visit.client };
    return this.turns.take(removal.corporation.id, lane, () => this.#byLink(token, visit));
  }

  async #byLink(token: string | undefined, visit: Visit): Promise<RemovalStopped> {
    return inTransaction<RemovalStopped>(this.em, async () => {
      const looked = await this.look(token);
      if (!looked.ok) return looked;
      const { objector, removal } = looked;
      objector.objectedAt = await databaseNow(this.em);
      const by = { corporationId: removal.corporation.id, accountId: objector.account?.id, visit };
      return this.#stop(removal.account.id, by, objector.account?.name ?? '');
    });
  }

  /** Its reader is a newcomer by now whom the desk or the company decides about. */
  async #isUndecided({ account, removal }: FactorObjector): Promise<boolean> {
    if (!account || account.id === removal.account.id) return false;
    return account.isStoppedByCase || account.isNewcomer(await databaseNow(this.em));
  }

  /** By somebody of the company who reads of it at the TOP page, whether a mail came or not. */
  async bySignedIn(removalId: string, person: SignedIn): Promise<RemovalStopped> {
    return inTransaction<RemovalStopped>(this.em, async () => {
      const told = { id: removalId, ...toldTo(person) };
      const removal = await this.em.findOne(FactorRemoval, told, { refresh: true });
      const reason = removal ? refusalOf(removal) : 'removal-over';
      if (!removal || reason) return { ok: false, reason: reason ?? 'removal-over' };
      return this.#stop(removal.account.id, person, person.name);
    });
  }

  async #stop(account: string, by: OutcomeOf, objector: string): Promise<RemovalStopped> {
    const removal = await this.removals.hold(account);
    const reason = removal ? refusalOf(removal) : 'removal-over';
    if (!removal || reason)
      return this.audit.refuse(ACT, reason ?? 'removal-over', by, { target: account });
    await this.em.populate(removal, ['account.corporation']);
    await this.mails.removalForDesk(deskFactsOf(removal), objector);
    await this.removals.end(removal, 'objected');
    await this.cases.open(lossOf(removal.account));
    return this.audit.done(ACT, by, { target: account });
  }
}

function refusalOf({ canBeStopped, isFinal }: FactorRemoval): ObjectionRefused | undefined {
  if (!canBeStopped) return 'removal-over';
  return isFinal ? 'desk-decides' : undefined;
}
