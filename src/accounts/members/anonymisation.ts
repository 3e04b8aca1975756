import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { Audit } from '../../audit/audit.js';
import { Passkey } from '../../auth/second-factor/passkey.entity.js';
import { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';
import { RecoveryCode } from '../../auth/second-factor/recovery-code.entity.js';
import { TotpSecret } from '../../auth/second-factor/totp-secret.entity.js';
import { CaseEntry } from '../../cases/case-entry.entity.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { before, databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Account, RESTORABLE } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { EmailChange } from '../email-changes/email-change.entity.js';
import { Invitation } from '../invitations/invitation.entity.js';

const BATCH = 200;

/**
 * Takes the person out of accounts that nobody can restore any more. The row stays, because the
 * history speaks of it, and so does the login ID, as a hash: nobody else gets it.
 */
@Injectable()
export class Anonymisation implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register('anonymise-accounts', () => this.run(), '23 18 * * *');
  }

  /** @returns when nobody is left; running it again changes nothing */
  async run(): Promise<void> {
    while ((await inTransaction(this.em, () => this.#batch())) === BATCH);
  }

  /**
   * People who are being restored at this moment are skipped, and those whom a case may still bring
   * back. @returns how many it took
   */
  async #batch(): Promise<number> {
    const now = await databaseNow(this.em);
    const newcomers = await this.#undecidedNewcomers();
    const gone = await this.em.find(
      Account,
      {
        state: 'deleted',
        anonymisedAt: null,
        deletedAt: { $lte: before(now, RESTORABLE) },
        id: { $nin: newcomers },
        $or: [{ deletedBy: null }, { deletedBy: { $nin: newcomers } }],
      },
      {
        orderBy: { deletedAt: 'asc' },
        limit: BATCH,
        lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE,
      },
    );
    for (const { id, corporation } of gone)
      await this.audit.done(
        'account-anonymisation',
        { corporationId: corporation.id },
        { target: id },
      );
    await this.erase(gone, now);
    return gone.length;
  }

  /** An objection or the desk may bring back whom they deleted, however long the case takes. */
  async #undecidedNewcomers(): Promise<string[]> {
    const undecided = tables(this.em).selectFrom('undecided_enrollments').select('account_id');
    return (await undecided.execute()).flatMap(({ account_id }) => account_id ?? []);
  }

  async erase(people: readonly Account[], now: Date): Promise<void> {
    for (const account of people) account.anonymise(now);
    // What the database ends with a deletion reads what is erased below.
    await this.em.flush();
    if (people.length > 0) await this.#eraseTraces(people.map(({ id }) => id));
  }

  /** Looked up first: a statement that joins them reads all mails ever sent. */
  async #mailsAbout(ids: string[]): Promise<string[]> {
    const db = tables(this.em);
    const sent = db.selectFrom('mail_deliveries').select('id').where('account_id', 'in', ids);
    const invited = db
      .selectFrom('invitations')
      .select('delivery_id as id')
      .where('account_id', 'in', ids)
      .where('delivery_id', 'is not', null)
      .$castTo<{ id: string }>();
    return (await sent.union(invited).execute()).map(({ id }) => id);
  }

  async #eraseTraces(ids: string[]): Promise<void> {
    const db = tables(this.em);
    const mails = await this.#mailsAbout(ids);
    if (mails.length > 0)
      await db
        .updateTable('mail_deliveries')
        .set((eb) => ({
          recipient: '',
          sealed_message: null,
          asked_from: null,
          state: eb
            .case()
            .when('state', 'in', ['queued', 'deferred'])
            .then('suppressed' as const)
            .else(eb.ref('state'))
            .end(),
        }))
        .where(sql<boolean>`id = any(${mails}::uuid[])`)
        .execute();
    const nobody = { name: '', nameKana: '', department: '', phone: '', email: '', emailKey: '' };
    const account = { $in: ids };
    await this.em.nativeDelete(TotpSecret, { account });
    await this.em.nativeDelete(Passkey, { account });
    await this.em.nativeDelete(RecoveryCode, { account });
    await this.em.nativeDelete(FactorRemoval, { account });
    await this.em.nativeUpdate(Invitation, { account }, nobody);
    await this.em.nativeUpdate(EmailChange, { account }, { email: '', formerEmail: null });
    const unknown = { applicant: '', applicantEmail: '', newcomerStatement: null };
    await this.em.nativeUpdate(Enrollment, { account }, unknown);
    await this.em.nativeUpdate(DeskCase, { account }, { sealedQuestion: null });
    await this.em.nativeUpdate(CaseEntry, { account }, { text: '', person: '' });
  }
}
