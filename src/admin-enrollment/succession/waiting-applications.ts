import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config.js';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { sqlOne } from '../../database/sql.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { Seal } from '../../seal.js';
import { networkOf } from '../../web/client-address.js';
import { newCaseNumber } from '../case-number.js';
import type { Cause } from '../registration.js';
import type { Applicant } from '../wizard/applicants.js';

type Sealed = Applicant & { language: Cause['language'] };

/** An application whose turn it is. */
export interface NextApplication {
  id: string;
  caseNumber: string;
  corporation: ProvenCorporation;
  applicant: Applicant;
  cause: Cause;
}

/** Applications that wait until the one before them is decided; their details wait sealed. */
@Injectable()
export class WaitingApplications {
  readonly #seal: Seal;
  readonly #log = new Logger(WaitingApplications.name);

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly mails: EnrollmentMails,
  ) {
    this.#seal = new Seal(config.keyFor('application-queue'));
  }

  /** Adds one in the caller's transaction, with its mail. */
  async add(
    corporation: ProvenCorporation,
    applicant: Applicant,
    { address, language }: Cause,
  ): Promise<{ enrollmentId: string; caseNumber: string }> {
    const { name, email } = applicant;
    const caseNumber = newCaseNumber();
    const added = await sqlOne<{ id: string }>(
      this.em,
      `insert into enrollments (case_number, kind, state, corporation_id, corporate_number, applicant,
                                applicant_email, sealed_details, address, network, language)
       select $1, 'succession', 'queued', c.id, c.corporate_number, $3, $4, $5, $6, $7, $8
       from corporations c where c.id = $2 returning id`,
      [
        caseNumber,
        corporation.id,
        name,
        email,
        this.#seal.seal({ ...applicant, language }),
        address,
        networkOf(address),
        language,
      ],
    );
    const to = { name, email, language, corporationName: corporation.name };
    await this.mails.applicationQueued(to, caseNumber);
    return { enrollmentId: added!.id, caseNumber };
  }

  /** The one that waits longest for this company. */
  async next(corporationId: string): Promise<NextApplication | undefined> {
    const row = await sqlOne<{
      id: string;
      caseNumber: string;
      address: string;
      details: Buffer;
      corporationName: string;
    }>(
      this.em,
      `select e.id, e.case_number as "caseNumber", host(e.address) as address,
              e.sealed_details as details, c.name as "corporationName"
       from enrollments e join corporations c on c.id = e.corporation_id
       where e.corporation_id = $1 and e.state = 'queued' order by e.created_at limit 1`,
      [corporationId],
    );
    if (!row) return undefined;
    const { id, caseNumber, address, corporationName: name } = row;
    const details = this.#unsealed(row.details);
    if (!details) {
      await this.#close(id);
      return this.next(corporationId);
    }
    const { language, ...applicant } = details;
    const corporation = { id: corporationId, name };
    return { id, caseNumber, corporation, applicant, cause: { address, language } };
  }

  /** Undefined for what was sealed under a secret that was exchanged since. */
  #unsealed(details: Buffer): Sealed | undefined {
    try {
      return this.#seal.open<Sealed>(details);
    } catch {
      this.#log.warn('a waiting application cannot be read with this SECRET_KEY and is closed');
      return undefined;
    }
  }

  /** Nobody is kept waiting by an application that can never begin. */
  async #close(id: string): Promise<void> {
    await sqlOne(
      this.em,
      `update enrollments set state = 'expired', decided_at = genkan_now(), sealed_details = null
       where id = $1`,
      [id],
    );
  }
}
