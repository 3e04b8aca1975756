import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit, type OutcomeOf } from '../../audit/audit.js';
import { caseFacts } from '../../cases/case-facts.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { holdCorporation, isClosed } from '../../corporations/hold-corporation.js';
import { databaseNow, sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { recentMailboxes, undoableMailboxes } from '../../identity/former-mailboxes.js';
import { emailKey } from '../../identity/login-id.js';
import { missingWord, type SecondWordRefusal } from '../../identity/second-words.js';
import { Jobs } from '../../jobs/jobs.js';
import { LostFactorMails } from '../../mail/lost-factor-mails.js';
import type { Visit } from '../../web/visit.js';
import type { MailedLink } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';
import { FactorObjector } from './factor-objector.entity.js';
import { isOnlyAdministrator, lossOf } from './loss-requests.js';
import { deskFactsOf, TELL_OF_BEGINNING } from './removal-news.js';

const ACT = 'lost-factor';

/** Why the desk begins none. */
export type RemovalRefusal =
  | 'account-unknown'
  | 'state-changed'
  | 'corporation-closed'
  | 'removal-running'
  | 'case-closed'
  | 'second-person-needed'
  | SecondWordRefusal;

type Begun<R> = { ok: true; beganAt: Date; endsAt: Date } | { ok: false; reason: R };

type BegunByLink = Begun<
  'link-used' | 'state-changed' | 'mailbox-changed' | 'removal-running' | 'case-at-desk'
>;

/** A decision of the desk: who of it, and why. */
interface ByDesk {
  operator: string;
  why: string;
  /** Absent for a command. */
  visit?: Visit;
  /** On whose page it was decided. */
  caseNumber?: string;
}

/**
 * The beginning of the 72 hours: by the only administrator, who proved password, mailbox and company,
 * or by two people of the desk. Who may object is written down with it.
 */
@Injectable()
export class RemovalBeginning {
  constructor(
    private readonly em: EntityManager,
    private readonly removals: FactorRemovals,
    private readonly links: MailedLinks,
    private readonly jobs: Jobs,
    private readonly mails: LostFactorMails,
    private readonly cases: DeskCases,
    private readonly audit: Audit,
  ) {}

  /** While a change of the address can be undone, its mailbox proves nothing: a thief may read it. */
  async isOfNewMailbox({ subject }: MailedLink): Promise<boolean> {
    return (await undoableMailboxes(this.em, subject)).length > 0;
  }

  /** Of parallel callers with one link, one begins it. */
  async byLink(link: MailedLink, visit: Visit): Promise<BegunByLink> {
    return inTransaction<BegunByLink>(this.em, async () => {
      const account = await this.#hold(link.subject);
      const of = { accountId: account.id, corporationId: account.corporation.id, visit };
      if (!account.secondFactorSince || !(await isOnlyAdministrator(this.em, account)))
        return this.audit.refuse(ACT, 'state-changed', of);
      if (await this.removals.isAtDesk(account)) return this.audit.refuse(ACT, 'case-at-desk', of);
      if (await this.isOfNewMailbox(link)) return this.audit.refuse(ACT, 'mailbox-changed', of);
      // A link that began nothing does not say afterwards that it did.
      if (!(await this.links.use(link))) return this.audit.refuse(ACT, 'link-used', of);
      const removal = await this.#open(account);
      if (!removal) return this.audit.refuse(ACT, 'removal-running', of);
      return this.#begin(removal, of, visit.address);
    });
  }

  /** The first person of the desk is noted, the second one begins it; for whoever has a factor. */
  async byDesk(
    loginIdKey: string,
    { operator, why, visit, caseNumber }: ByDesk,
  ): Promise<Begun<RemovalRefusal>> {
    const begun = await inTransaction<Begun<RemovalRefusal> | 'first-word'>(this.em, async () => {
      const known = await this.em.findOne(Account, { loginIdKey });
      if (!known) return this.audit.refuse(ACT, 'account-unknown', { visit }, { operator, why });
      const account = await this.#hold(known.id);
      const of = { corporationId: account.corporation.id, visit };
      const matter = await caseFacts(this.em, account.id);
      const facts = { ...matter, target: account.id, operator, why };
      if (!account.secondFactorSince || !account.hasProvedMailbox)
        return this.audit.refuse(ACT, 'state-changed', of, facts);
      if (caseNumber && (await this.cases.isClosed(account.id)))
        return this.audit.refuse(ACT, 'case-closed', of, facts);
      // Nobody there could use the factor meanwhile.
      if (await isClosed(this.em, of.corporationId))
        return this.audit.refuse(ACT, 'corporation-closed', of, facts);
      const removal = await this.#open(account);
      if (!removal) return this.audit.refuse(ACT, 'removal-running', of, facts);
      const missing = await missingWord(this.em, removal.firstOperator, operator);
      const isFirst = missing === 'second-person-needed';
      if (missing && !isFirst) return this.audit.refuse(ACT, missing, of, facts);
      const signature = { decision: 'remove-factor', operator, why } as const;
      if (isFirst) {
        removal.firstOperator = operator;
        const opened = await this.cases.open(lossOf(account));
        await this.cases.signed(account.id, { ...signature, isFirst: true });
        await this.audit.record(ACT, missing, of, { ...facts, caseNumber: opened });
        return 'first-word';
      }
      removal.secondOperator = operator;
      removal.isFinal = await this.removals.wasStopped(account.id);
      const begun = await this.#begin(removal, of, null, facts);
      await this.cases.signed(account.id, { ...signature, isFirst: false });
      return begun;
    });
    // It did something, though not what a command asks for.
    return begun === 'first-word' ? { ok: false, reason: 'second-person-needed' } : begun;
  }

  async #begin(
    removal: FactorRemoval,
    of: OutcomeOf,
    address: string | null,
    facts: Record<string, string> = {},
  ): Promise<{ ok: true; beganAt: Date; endsAt: Date }> {
    removal.begin(await databaseNow(this.em), address);
    await this.em.flush();
    await this.#writeDown(removal);
    await this.mails.removalForDesk(deskFactsOf(removal));
    await this.jobs.add(TELL_OF_BEGINNING, { id: removal.id });
    await this.audit.done(ACT, of, facts);
    return { ok: true, beganAt: removal.beganAt!, endsAt: removal.endsAt! };
  }

  /** One that the desk's first person asked for, or a new one. @returns undefined when one runs */
  async #open(account: Account): Promise<FactorRemoval | undefined> {
    const open = await this.removals.hold(account.id);
    if (open?.canBeStopped) return undefined;
    if (open?.stateNow === 'asked') return open;
    if (open) await this.removals.end(open, 'lapsed');
    const { corporation } = account;
    return this.em.create(FactorRemoval, { account, corporation });
  }

  /**
   * Each mailbox once, the owner's own first: several people may share one. Those that the owner left
   * lately are told too, because somebody else may have moved the address away. Newcomers whose own
   * case is undecided have no say about others.
   */
  async #writeDown({ id, account, corporation }: FactorRemoval): Promise<void> {
    await sql`
      insert into factor_objectors (removal_id, account_id)
      select distinct on (email_key) ${id}::uuid, id from accounts
      where corporation_id = ${corporation.id} and state in ('active', 'suspended')
        and (id = ${account.id}
             or not in_case and (probation_ends_at is null or probation_ends_at <= ${sqlNow}))
      order by email_key, id <> ${account.id}, created_at`.execute(tables(this.em));
    const recent = await recentMailboxes(this.em, account.id);
    const former = recent.filter((email) => emailKey(email) !== account.emailKey);
    const left = former.map((email) => ({ removal: id, account: account.id, email }));
    await this.em.insertMany(FactorObjector, left);
    const { billingEmail } = corporation;
    if (!billingEmail) return;
    const reads = { removal: id, account: { emailKey: emailKey(billingEmail) } };
    if ((await this.em.count(FactorObjector, reads)) > 0) return;
    await tables(this.em)
      .insertInto('factor_objectors')
      .values({ removal_id: id, email: billingEmail })
      .execute();
  }

  async #hold(id: string): Promise<Account> {
    const known = await this.em.findOneOrFail(Account, id);
    await holdCorporation(this.em, known.corporation.id);
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    return this.em.populate(await this.em.findOneOrFail(Account, id, held), ['corporation']);
  }
}
