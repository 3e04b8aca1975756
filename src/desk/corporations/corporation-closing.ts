import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ClosedCompanies } from '../../admin-enrollment/closed-companies.js';
import { authorOf, type DeskAct } from '../../admin-enrollment/desk-act.js';
import { Audit } from '../../audit/audit.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { Session } from '../../auth/sessions/session.entity.js';
import { Corporation, type WhichCorporation } from '../../corporations/corporation.entity.js';
import {
  approvedAdministrators,
  holdCorporation,
  usableAdministrators,
} from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import type { Addressee } from '../../mail/mail-queue.js';
import { MemberMails } from '../../mail/member-mails.js';

type CorporationChanged =
  | { ok: true; corporationName: string }
  | { ok: false; reason: 'corporation-unknown' | 'state-changed' };

const STATES = { close: 'closed', open: 'active' } as const;
const ACTS = { close: 'corporation-closing', open: 'corporation-opening' } as const;

/** The contract with a company ends, or begins again. Its people and lists stay as they are, its cases rest, and removals of lost factors end. */
@Injectable()
export class CorporationClosing {
  constructor(
    private readonly em: EntityManager,
    private readonly cases: ClosedCompanies,
    private readonly removals: FactorRemovals,
    private readonly mails: MemberMails,
    private readonly audit: Audit,
  ) {}

  /** A closed company's sessions are gone: they do not go on when it is opened again. */
  async change(
    act: 'close' | 'open',
    which: WhichCorporation,
    by: DeskAct,
  ): Promise<CorporationChanged> {
    return inTransaction<CorporationChanged>(this.em, async () => {
      const known = await this.em.findOne(Corporation, which);
      if (!known)
        return this.audit.refuse(
          ACTS[act],
          'corporation-unknown',
          { visit: by.visit },
          authorOf(by),
        );
      await holdCorporation(this.em, known.id);
      const corporation = await this.em.findOneOrFail(Corporation, known.id, { refresh: true });
      const isNew = corporation.state !== STATES[act];
      corporation.state = STATES[act];
      if (act === 'close') await this.em.nativeDelete(Session, { account: { corporation } });
      const { id: corporationId, name: corporationName } = corporation;
      await this.em.flush();
      const of = { corporationId, visit: by.visit };
      // At the opening too: former versions left those of a closed company running.
      if (isNew) await this.removals.endWithCompany(of, by.operator);
      if (isNew) await this.cases[act](corporationId);
      if (isNew) await this.#tell(corporation, by.why);
      const refusal = isNew ? undefined : 'state-changed';
      const settled = await this.audit.settle(ACTS[act], refusal, of, authorOf(by));
      return { ...settled, corporationName };
    });
  }

  /** Nobody finds out at a closed door: the administrators and whoever gets the invoices. */
  async #tell({ id, name, state, billingEmail }: Corporation, why: string): Promise<void> {
    const approved = await approvedAdministrators(this.em, id);
    // One on probation who administers the company alone has nobody to hear it from.
    const reached = approved.length > 0 ? approved : await usableAdministrators(this.em, id);
    const which = { id: { $in: reached } };
    const found = await this.em.find(Account, which, { populate: ['corporation'] });
    const letters: Addressee[] = found.map(({ addressee }) => addressee);
    const of = { corporationId: id, corporationName: name };
    if (billingEmail) letters.push({ ...of, name: '', email: billingEmail, language: 'ja' });
    const deed = { isClosed: state === 'closed', why, time: await databaseNow(this.em) };
    await this.mails.corporationChanged(letters, deed);
  }
}
