import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { Config } from '../config.js';
import type { ProvenCorporation } from '../corporations/invoice-proof.js';
import { sql, sqlOne } from '../database/sql.js';
import { inTransaction } from '../database/transaction.js';
import { Mails, type Addressee } from '../mail/mails.js';
import { Seal } from '../seal.js';
import type { Applicant } from './wizard/applicants.js';
import { newCaseNumber } from './case-number.js';
import type { EnrollmentKind } from './enrollment-kind.js';
import { Enrollments, type EnrollmentRefusal } from './enrollments.js';
import type { Cause } from './registration.js';

export interface ReviewCase {
  caseNumber: string;
  kind: EnrollmentKind;
  applicant: string;
  corporateNumber: string;
  /** The company whose two numbers match; null when they match none. */
  corporationName: string | null;
  address: string;
  createdAt: Date;
}

type Sealed = Applicant & { language: Cause['language'] };

export type Decided =
  { ok: true } | { ok: false; reason: EnrollmentRefusal | 'case-unknown' | 'numbers-unmatched' };

/**
 * Cases that the desk decides, because too many wrong numbers were tried everywhere. Nothing is
 * granted and the applicant hears nothing about the numbers; the details wait sealed.
 */
@Injectable()
export class Reviews {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly enrollments: Enrollments,
    private readonly mails: Mails,
    private readonly audit: Audit,
  ) {
    this.#seal = new Seal(config.keyFor('review'));
  }

  /** @param matched the company that the numbers belong to, if any @returns the case number */
  async begin(
    kind: EnrollmentKind,
    corporateNumber: string,
    matched: ProvenCorporation | undefined,
    applicant: Applicant,
    cause: Cause,
  ): Promise<string> {
    const caseNumber = newCaseNumber();
    await inTransaction(this.em, async () => {
      await sql(
        this.em,
        `insert into enrollments (case_number, kind, state, corporation_id, corporate_number, applicant, sealed_details, address)
         values ($1, $2, 'review', $3, $4, $5, $6, $7)`,
        [
          caseNumber,
          kind,
          matched?.id ?? null,
          corporateNumber,
          applicant.name,
          this.#seal.seal({ ...applicant, language: cause.language }),
          cause.address,
        ],
      );
      await this.mails.reviewBegun(addressee(applicant, cause.language), caseNumber);
      await this.mails.reviewForDesk(caseNumber, `genkan review list`);
      await this.audit.record({
        act: kind === 'initial' ? 'initial-registration' : 'succession-application',
        reason: 'in-review',
        corporationId: matched?.id,
        facts: { caseNumber },
        visit: cause,
      });
    });
    return caseNumber;
  }

  async open(): Promise<ReviewCase[]> {
    return sql<ReviewCase>(
      this.em,
      `select e.case_number as "caseNumber", e.kind, e.applicant, e.corporate_number as "corporateNumber",
              c.name as "corporationName", host(e.address) as address, e.created_at as "createdAt"
       from enrollments e left join corporations c on c.id = e.corporation_id
       where e.state = 'review' order by e.created_at`,
    );
  }

  /** Grants the case: from here on it is a registration like any other, beginning with its mail. */
  async grant(caseNumber: string): Promise<Decided> {
    return inTransaction<Decided>(this.em, async () => {
      const decided = await this.#take(caseNumber, 'completed');
      if (!decided) return { ok: false, reason: 'case-unknown' };
      if (!decided.corporation) throw new NotGranted('numbers-unmatched');
      const cause = { address: decided.address, language: decided.details.language };
      const registered = await this.enrollments.apply(
        decided.kind,
        decided.corporation,
        decided.details,
        cause,
      );
      if (!registered.ok) throw new NotGranted(registered.reason);
      await this.#log(caseNumber, decided.corporation.id, true);
      return { ok: true };
    }).catch((error: unknown): Promise<Decided> => {
      if (error instanceof NotGranted) return this.#notGranted(caseNumber, error.reason);
      throw error;
    });
  }

  async refuse(caseNumber: string): Promise<Decided> {
    return inTransaction<Decided>(this.em, async () => {
      const decided = await this.#take(caseNumber, 'refused');
      if (!decided) return { ok: false, reason: 'case-unknown' };
      await this.mails.reviewRefused(
        addressee(decided.details, decided.details.language),
        caseNumber,
      );
      await this.#log(caseNumber, decided.corporation?.id, false);
      return { ok: true };
    });
  }

  async #take(caseNumber: string, state: 'completed' | 'refused') {
    const taken = await sqlOne<{
      kind: EnrollmentKind;
      id: string | null;
      name: string;
      address: string;
      details: Buffer;
    }>(
      this.em,
      `update enrollments e set state = $2, decided_at = genkan_now(), sealed_details = null
       from enrollments before left join corporations c on c.id = before.corporation_id
       where e.id = before.id and before.case_number = $1 and before.state = 'review'
       returning e.kind, c.id, c.name, host(e.address) as address, before.sealed_details as details`,
      [caseNumber, state],
    );
    if (!taken) return undefined;
    const corporation = taken.id === null ? undefined : { id: taken.id, name: taken.name };
    return {
      kind: taken.kind,
      corporation,
      address: taken.address,
      details: this.#seal.open<Sealed>(taken.details),
    };
  }

  /** The rollback took every row with it: that the case was not granted is told afterwards. */
  async #notGranted(caseNumber: string, reason: NotGranted['reason']): Promise<Decided> {
    await this.audit.record({ act: 'review-decision', reason, facts: { caseNumber } });
    return { ok: false, reason };
  }

  async #log(
    caseNumber: string,
    corporationId: string | undefined,
    granted: boolean,
  ): Promise<void> {
    await this.audit.record({
      act: 'review-decision',
      reason: 'done',
      corporationId,
      facts: { caseNumber, granted },
    });
  }
}

/** Rolls the decision back: the case stays open. */
class NotGranted extends Error {
  constructor(readonly reason: EnrollmentRefusal | 'numbers-unmatched') {
    super(reason);
  }
}

function addressee({ name, email }: Applicant, language: Cause['language']): Addressee {
  return { name, email, language, corporationName: '' };
}
