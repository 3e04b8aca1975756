import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { Config } from '../../config.js';
import { inTurnOfCompany } from '../../corporations/company-row.js';
import { Corporation } from '../../corporations/corporation.entity.js';
import type { Judged, ProvenCorporation } from '../../corporations/judged-proof.js';
import { inTransaction } from '../../database/transaction.js';
import { ApplicationMails } from '../../mail/application-mails.js';
import { MailLimits, strangersMail } from '../../mail/mail-limits.js';
import { openIfPossible, Seal } from '../../seal.js';
import type { Visit } from '../../web/visit.js';
import { Activation } from '../activation/activation.js';
import type { ActivationSentAgain } from '../activation/activation-mails.js';
import type { Applicant } from '../applicant.js';
import { ACTIVATION, Enrollment, type EnrollmentKind } from '../enrollment.entity.js';
import { ACTS } from '../enrollment-acts.js';
import { Enrollments } from './enrollments.js';
import type { MailedLook, MailedOutcome, SealedApplication } from './mailed-outcome.js';
import { MailedProof, type DigestedPair } from './mailed-proof.js';
import { newCaseNumber } from '../../cases/case-number.js';
import { Reviews } from './reviews.js';

/**
 * Applications whose numbers are compared behind the mailed link. Until its button is pressed, the
 * pair lies sealed beside the details, and nothing depends on whether it is right.
 */
@Injectable()
export class MailedApplications {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly proof: MailedProof,
    private readonly enrollments: Enrollments,
    private readonly reviews: Reviews,
    private readonly activation: Activation,
    private readonly mails: ApplicationMails,
    private readonly limits: MailLimits,
    private readonly audit: Audit,
  ) {
    this.#seal = new Seal(config.keysFor('mailed-application'));
  }

  /** Takes an application with its mail, in the caller's transaction. @returns its id */
  async begin(
    kind: EnrollmentKind,
    pair: DigestedPair,
    applicant: Applicant,
    visit: Visit,
  ): Promise<string> {
    const enrollment = this.em.create(Enrollment, {
      caseNumber: newCaseNumber(),
      kind,
      state: 'by-mail',
      corporateNumber: '',
      applicant: '',
      sealedDetails: this.#seal.seal({ applicant, pair, language: visit.language }),
      address: visit.address,
      browser: visit.browser,
      language: visit.language,
    });
    await this.em.flush();
    await this.#mail(enrollment);
    await this.audit.record(ACTS[kind].application, 'by-mail', { visit });
    return enrollment.id;
  }

  async sendAgain(id: string, email: string, visit: Visit): Promise<ActivationSentAgain> {
    const reason = await this.limits.takeAnother('application', email, strangersMail(visit));
    if (reason) return { ok: false, reason };
    return inTransaction<ActivationSentAgain>(this.em, async () => {
      const enrollment = await this.#hold(id);
      if (enrollment) await this.#mail(enrollment);
      return enrollment ? { ok: true } : { ok: false, reason: 'not-waiting' };
    });
  }

  async takeBack(id: string): Promise<boolean> {
    const enrollment = await this.#hold(id);
    if (enrollment) await this.#remove(enrollment);
    return enrollment !== undefined;
  }

  async look(token: string | undefined): Promise<MailedLook> {
    const looked = await this.links.look('application', token);
    const id = looked.link?.subject;
    const enrollment = id && (await this.em.findOne(Enrollment, { id }, { refresh: true }));
    const { isDenied = false, state, caseNumber = '' } = enrollment || {};
    if (state === 'review') return { ok: false, reason: 'in-review', caseNumber };
    if (isDenied) return { ok: false, reason: 'not-applied' };
    if (!looked.ok) return { ok: false, reason: looked.reason };
    const sealed = enrollment && enrollment.state === 'by-mail' && this.#opened(enrollment);
    if (!sealed) return { ok: false, reason: 'link-unknown' };
    return { ok: true, link: looked.link, enrollment, sealed };
  }

  /** Compares the pair; of parallel callers one does. */
  async prove(token: string | undefined, visit: Visit): Promise<MailedOutcome> {
    const before = await this.look(token);
    const corporateNumber = before.ok ? before.sealed.pair.corporateNumber : '';
    const company = await this.em.findOne(Corporation, { corporateNumber }, { fields: ['id'] });
    const prove = () => this.#prove(token, visit);
    return company ? inTurnOfCompany(this.em, company.id, prove) : prove();
  }

  async #prove(token: string | undefined, visit: Visit): Promise<MailedOutcome> {
    return inTransaction<MailedOutcome>(this.em, async () => {
      const before = await this.look(token);
      if (before.ok && !(await this.#hold(before.enrollment.id)))
        return { ok: false, reason: 'link-used' };
      const looked = await this.look(token);
      if (!looked.ok) return looked;
      const { pair, applicant } = looked.sealed;
      const verdict = await this.proof.judge(pair, applicant.email, visit);
      if (!verdict.ok && verdict.reason === 'numbers-unmatched') return this.#refuse(looked);
      if (!verdict.ok) return verdict;
      return verdict.level === 'desk'
        ? this.#toDesk(looked, verdict.judged, visit)
        : this.#apply(looked, verdict.corporation, visit);
    });
  }

  async #refuse({ link, enrollment }: MailedLook & { ok: true }): Promise<MailedOutcome> {
    if (await this.links.use(link)) await this.#remove(enrollment);
    return { ok: false, reason: 'numbers-unmatched', kind: enrollment.kind };
  }

  /** The same case as if the numbers had been compared on the page; its mailbox is proved already. */
  async #apply(
    { link, enrollment, sealed: { applicant, language } }: MailedLook & { ok: true },
    corporation: ProvenCorporation,
    visit: Visit,
  ): Promise<MailedOutcome> {
    // The witnesses hear from where somebody applied, not where the mail was read.
    const { kind, address, browser } = enrollment;
    const cause = { address, browser, requestId: visit.requestId, language };
    const proof = { isMailboxProved: true };
    const applied = await this.enrollments.apply(kind, corporation, applicant, cause, proof);
    if (!applied.ok && applied.reason !== 'corporation-closed')
      return { ok: false, reason: applied.reason };
    if (!applied.ok) return { ok: false, reason: 'numbers-unmatched', kind };
    await this.links.use(link);
    this.em.remove(enrollment);
    const { token } = await this.links.issue('activation', applied.accountId!, ACTIVATION);
    const activated = await this.activation.activate(token, {}, visit);
    return activated.ok || activated.reason === 'in-review'
      ? activated
      : { ok: false, reason: 'login-id-needed', token };
  }

  async #toDesk(
    { link, enrollment, sealed }: MailedLook & { ok: true },
    judged: Judged,
    visit: Visit,
  ): Promise<MailedOutcome> {
    const details = { ...sealed.applicant, language: sealed.language };
    await this.reviews.begin(enrollment, sealed.pair.corporateNumber, judged, details, visit);
    await this.links.use(link);
    return { ok: false, reason: 'in-review', caseNumber: enrollment.caseNumber };
  }

  #opened({ sealedDetails }: Enrollment): SealedApplication | undefined {
    return openIfPossible<SealedApplication>(this.#seal, sealedDetails!);
  }

  /** Undefined also while somebody else acts on it: none of many presses waits with a connection. */
  async #hold(id: string): Promise<Enrollment | undefined> {
    const lockMode = LockMode.PESSIMISTIC_PARTIAL_WRITE;
    const waiting = { id, state: 'by-mail' as const };
    return (await this.em.findOne(Enrollment, waiting, { lockMode, refresh: true })) ?? undefined;
  }

  async #mail(enrollment: Enrollment): Promise<void> {
    const { applicant, language } = this.#opened(enrollment)!;
    const link = await this.links.issue('application', enrollment.id, ACTIVATION);
    const to = { name: applicant.name, email: applicant.email, language, corporationName: '' };
    await this.mails.applicationProof(to, link, enrollment);
  }

  async #remove(enrollment: Enrollment): Promise<void> {
    await this.links.replace('application', enrollment.id);
    await this.em.remove(enrollment).flush();
  }
}
