import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { LostFactorMails, type RemovalFacts } from '../../mail/lost-factor-mails.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';
import { TELL_OF_END } from '../second-factor/factor-removals.js';
import { FactorObjector } from './factor-objector.entity.js';

export const TELL_OF_BEGINNING = 'tell-factor-removal';

/** So many people a statement: a company may have thousands. */
const BATCH = 100;

/** Longer than a removal takes, which has the last word. */
const LINK = { days: 20 };

/** Tells every mailbox of the company and the billing contact that a removal began, and how it ended. */
@Injectable()
export class RemovalNews implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly jobs: Jobs,
    private readonly mails: LostFactorMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register(TELL_OF_BEGINNING, (payload) => this.#begun((payload as { id: string }).id));
    this.jobs.register(TELL_OF_END, (payload) => this.#ended((payload as { id: string }).id));
  }

  async #begun(id: string): Promise<void> {
    while (await inTransaction(this.em, () => this.#tellBatch(id)));
  }

  /** Each in a transaction of its own: a job that is cut off goes on with the others. */
  async #tellBatch(id: string): Promise<boolean> {
    const removal = await this.#find(id);
    const untold = { removal: id, toldAt: null };
    const batch = removal.canBeStopped ? await this.#objectors(untold, BATCH) : [];
    if (batch.length === 0) return false;
    const ids = batch.map((objector) => objector.id);
    const readers = batch.filter(({ isGone }) => !isGone);
    const links = removal.isFinal
      ? []
      : await this.links.issueAll(
          'factor-objection',
          readers.map(({ id: reader }) => reader),
          LINK,
        );
    const letters = readers.map((objector, place) => {
      return { ...letterOf(objector, removal), link: links[place] };
    });
    await this.mails.removalBegun(letters, factsOf(removal));
    const toldAt = await databaseNow(this.em);
    await this.em.nativeUpdate(FactorObjector, { id: { $in: ids } }, { toldAt });
    return true;
  }

  async #ended(id: string): Promise<void> {
    await inTransaction(this.em, async () => {
      const removal = await this.#find(id);
      const told = await this.#objectors({ removal: id, toldAt: { $ne: null } });
      const letters = told
        .filter(({ isGone }) => !isGone)
        .map((objector) => letterOf(objector, removal));
      const { account, endedAt, isOfDesk } = removal;
      const outcome = isOfDesk && removal.outcome === 'completed' ? 'off' : removal.outcome!;
      const facts = { person: account.name, time: endedAt! };
      for (let first = 0; first < letters.length; first += BATCH)
        await this.mails.removalEnded(letters.slice(first, first + BATCH), outcome, facts);
    });
  }

  #find(id: string): Promise<FactorRemoval> {
    const populate = ['account.corporation', 'corporation'] as const;
    return this.em.findOneOrFail(FactorRemoval, id, { populate, refresh: true });
  }

  async #objectors(which: object, limit?: number): Promise<FactorObjector[]> {
    const lockMode = LockMode.PESSIMISTIC_PARTIAL_WRITE;
    const found = await this.em.find(FactorObjector, which, limit ? { limit, lockMode } : {});
    return this.em.populate(found, ['account.corporation', 'removal.corporation']);
  }
}

function letterOf(objector: FactorObjector, { account }: FactorRemoval) {
  const reader = {
    isOwn: objector.account?.id === account.id,
    isBillingContact: !objector.account,
  };
  return { to: objector.addressee, reader };
}

function factsOf(removal: FactorRemoval): RemovalFacts {
  const { account, beganAt, endsAt, address, isOfDesk, isFinal } = removal;
  const times = { time: beganAt!, endsAt: endsAt! };
  return { person: account.name, ...times, address: address ?? '', isOfDesk, isFinal };
}

/** The account and its company must be loaded. */
export function deskFactsOf(removal: FactorRemoval) {
  const { loginId, corporation } = removal.account;
  const { name: corporationName, corporateNumber } = corporation;
  return { ...factsOf(removal), loginId, corporationName, corporateNumber };
}
