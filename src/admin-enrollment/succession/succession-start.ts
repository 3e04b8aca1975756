import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { ActivationLinks } from '../activation/activation-links.js';
import { Config } from '../../config.js';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { sqlOne } from '../../database/sql.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { networkOf } from '../../web/client-address.js';
import { newCaseNumber } from '../case-number.js';
import { createRegistered, openLoginId } from '../registered-account.js';
import type { Cause } from '../registration.js';
import type { Applicant } from '../wizard/applicants.js';
import { applicationFacts, findCase, type CaseFacts } from './case-facts.js';
import { Witnesses } from './witnesses.js';

export interface Started {
  enrollmentId: string;
  accountId: string;
  caseNumber: string;
}

/** The beginning of a case: the newcomer's account, the link to it, and everybody who is told. */
@Injectable()
export class SuccessionStart {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly links: ActivationLinks,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
  ) {}

  /**
   * Begins, in the caller's transaction and under the company's held row. A login ID that is taken
   * is told by the mail alone, because the page would tell strangers who exists.
   * @param waiting the application that waited, if it did
   */
  async start(
    corporation: ProvenCorporation,
    applicant: Applicant,
    cause: Cause,
    waiting?: { id: string; caseNumber: string },
  ): Promise<Started> {
    const accountId =
      (await createRegistered(this.em, corporation.id, applicant, cause.language)) ??
      (await this.#createUnnamed(corporation.id, applicant, cause));
    const enrollmentId = await this.#open(corporation.id, accountId, applicant, cause, waiting);
    await this.links.send(accountId);
    const facts = (await findCase(this.em, 'e.id', enrollmentId))!;
    await this.#tellAdministrators(facts);
    return { enrollmentId, accountId, caseNumber: facts.caseNumber };
  }

  /** Tells the administrators who heard of the application that it was taken back. */
  async tellWithdrawn(facts: CaseFacts): Promise<void> {
    const told = await this.witnesses.administratorsOf(facts.corporationId);
    for (const to of told) await this.mails.applicationWithdrawn(to, applicationFacts(facts));
  }

  async #createUnnamed(
    corporationId: string,
    applicant: Applicant,
    { language }: Cause,
  ): Promise<string> {
    const unnamed = { ...applicant, loginId: openLoginId() };
    return (await createRegistered(this.em, corporationId, unnamed, language))!;
  }

  async #open(
    corporationId: string,
    accountId: string,
    { name, email }: Applicant,
    { address, language }: Cause,
    waiting: { id: string; caseNumber: string } | undefined,
  ): Promise<string> {
    const opened = await sqlOne<{ id: string }>(
      this.em,
      `insert into enrollments (id, case_number, kind, state, corporation_id, account_id, corporate_number,
                                applicant, applicant_email, address, network, language, release_at)
       select coalesce($1::uuid, gen_random_uuid()), $2, 'succession', 'awaiting-activation', c.id, $4,
              c.corporate_number, $5, $6, $7, $8, $9,
              case when $10 > 0 then genkan_now() + make_interval(secs => $10) end
       from corporations c where c.id = $3
       on conflict (id) do update set state = excluded.state, account_id = excluded.account_id,
         started_at = genkan_now(), release_at = excluded.release_at, sealed_details = null
       returning id`,
      [
        waiting?.id ?? null,
        waiting?.caseNumber ?? newCaseNumber(),
        corporationId,
        accountId,
        name,
        email,
        address,
        networkOf(address),
        language,
        this.config.enrollmentHold / 1000,
      ],
    );
    return opened!.id;
  }

  async #tellAdministrators(facts: CaseFacts): Promise<void> {
    const releaseAt = facts.releaseAt ?? undefined;
    for (const to of await this.witnesses.administratorsOf(facts.corporationId)) {
      const key = await this.witnesses.issueKey(facts.id, to.accountId);
      const link = { token: key.token, endsAt: key.endsAt, releaseAt };
      const mail = await this.mails.administratorAdded(to, applicationFacts(facts), link);
      await this.witnesses.carriedBy(key, mail);
    }
  }
}
