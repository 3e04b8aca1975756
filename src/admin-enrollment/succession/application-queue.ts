import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { Seal } from '../../seal.js';
import { networkOf } from '../../web/client-address.js';
import { newCaseNumber } from '../case-number.js';
import type { Cause } from '../registration.js';
import type { Applicant } from '../wizard/applicants.js';
import { closeOver, isRunning } from './running-cases.js';
import { SuccessionStart } from './succession-start.js';

/** More than these wait for nothing: somebody who knows the numbers is filling the queue. */
const LONGEST = 5;

type Sealed = Applicant & { language: Cause['language'] };

interface Waiting {
  id: string;
  caseNumber: string;
  address: string;
  details: Buffer;
  corporationName: string;
}

/** Applications that wait until the one before them is decided; their details wait sealed. */
@Injectable()
export class ApplicationQueue implements OnModuleInit {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly starts: SuccessionStart,
    private readonly mails: EnrollmentMails,
    private readonly jobs: Jobs,
  ) {
    this.#seal = new Seal(config.keyFor('application-queue'));
  }

  onModuleInit(): void {
    this.jobs.register('start-queued-applications', () => this.startAll(), '*/5 * * * *');
  }

  /** Adds an application in the caller's transaction; undefined when too many wait already. */
  async add(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
  ): Promise<{ enrollmentId: string; caseNumber: string } | undefined> {
    const { name, email } = applicant;
    const { address, language } = cause;
    const caseNumber = newCaseNumber();
    const added = await sqlOne<{ id: string }>(
      this.em,
      `insert into enrollments (case_number, kind, state, corporation_id, corporate_number, applicant,
                                applicant_email, sealed_details, address, network, language)
       select $1, 'succession', 'queued', c.id, c.corporate_number, $3, $4, $5, $6, $7, $8
       from corporations c where c.id = $2
         and (select count(*) from enrollments where corporation_id = $2 and state = 'queued') < $9
       returning id`,
      [
        caseNumber,
        corporation.id,
        name,
        email,
        this.#seal.seal({ ...applicant, language }),
        address,
        networkOf(address),
        language,
        LONGEST,
      ],
    );
    if (!added) return undefined;
    const to = { name, email, language, corporationName: corporation.name };
    await this.mails.applicationQueued(to, caseNumber);
    return { enrollmentId: added.id, caseNumber };
  }

  /** Starts the company's oldest waiting application when none runs, in the caller's transaction. */
  async startNext(corporationId: string): Promise<void> {
    await closeOver(this.em, corporationId);
    if (await isRunning(this.em, corporationId)) return;
    const next = await sqlOne<Waiting>(
      this.em,
      `select e.id, e.case_number as "caseNumber", host(e.address) as address,
              e.sealed_details as details, c.name as "corporationName"
       from enrollments e join corporations c on c.id = e.corporation_id
       where e.corporation_id = $1 and e.state = 'queued' order by e.created_at limit 1`,
      [corporationId],
    );
    if (!next) return;
    const { language, ...applicant } = this.#seal.open<Sealed>(next.details);
    const corporation = { id: corporationId, name: next.corporationName };
    await this.starts.start(corporation, applicant, { address: next.address, language }, next);
  }

  /** The same for every company where one waits: what ran before may have ended by time alone. */
  async startAll(): Promise<void> {
    const companies = await sql<{ id: string }>(
      this.em,
      `select distinct corporation_id as id from enrollments where state = 'queued'`,
    );
    for (const { id } of companies)
      await inTransaction(this.em, async () => {
        await holdCorporation(this.em, id);
        await this.startNext(id);
      });
  }
}
