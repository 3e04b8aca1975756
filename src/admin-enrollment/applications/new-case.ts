import type { EntityManager } from '@mikro-orm/postgresql';
import { newCaseNumber } from '../../cases/case-number.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import { networkOf } from '../../web/requests/client-address.js';
import type { Applicant, Cause } from '../applicant.js';
import { Enrollment, type EnrollmentKind } from '../enrollment.entity.js';

/** A case of a company that both numbers belong to, in the caller's transaction. */
export async function newCase(
  em: EntityManager,
  kind: EnrollmentKind,
  corporationId: string,
  { name, email }: Applicant,
  { address, browser, language }: Cause,
): Promise<Enrollment> {
  const corporation = await em.findOneOrFail(Corporation, corporationId);
  return em.create(Enrollment, {
    caseNumber: newCaseNumber(),
    kind,
    state: 'queued',
    corporation,
    corporateNumber: corporation.corporateNumber,
    applicant: name,
    applicantEmail: email,
    address,
    browser,
    network: networkOf(address),
    language,
  });
}
