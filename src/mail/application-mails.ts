import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { HOUR_MS } from '../durations.js';
import { siteOf } from '../web/requests/client-address.js';
import { browserFacts, browserInWords } from '../web/browser-name.js';
import { MailQueue, type Addressee, type LinkInMail } from './mail-queue.js';

/** When and from where somebody applied, by which the reader of the mailbox knows who it was. */
export interface Application {
  caseNumber?: string;
  createdAt?: Date;
  address: string;
  /** The header. */
  browser: string;
}

/** The desk let it begin; somebody objected to it. */
interface Standing {
  isGranted: boolean;
  isObjected: boolean;
}

interface Welcome extends Standing {
  caseNumber: string;
  /** Another one is chosen behind the link. */
  isLoginIdTaken: boolean;
  /** The mailbox has a login ID at this company already. */
  otherId: boolean;
  /** Until when nobody signs in, or how long from the completion on; null and 0 for neither. */
  release: Date | null;
  hours: number;
  /** A second factor is set up with the completion. */
  asksFactor: boolean;
}

/**
 * The mails whose link proves an applicant's mailbox. Somebody else may have typed name and address,
 * so they name neither the company nor the login ID: the page behind the link does, and asks.
 */
@Injectable()
export class ApplicationMails {
  constructor(
    private readonly queue: MailQueue,
    private readonly config: Config,
  ) {}

  /** 登録のご案内, of a first registration. @param application absent for one of a former version */
  activation(to: Addressee, link: LinkInMail, application?: Application, standing?: Standing) {
    const waits = standing?.isObjected ?? false;
    const about = this.#about('activation', link, application, waits);
    const model = { ...about, ...standing, waits };
    return this.queue.queue('activation', askedBy(application, to), model, link);
  }

  /** 登録のご案内, before anything is known of the numbers. */
  applicationProof(to: Addressee, link: LinkInMail, application: Application) {
    const about = this.#about('admin-enrollment/application', link, application);
    return this.queue.queue('application-proof', askedBy(application, to), about, link);
  }

  /** 管理者追加登録完了のご案内, of a succession. */
  administratorWelcome(to: Addressee, link: LinkInMail, application: Application, facts: Welcome) {
    const about = this.#about('activation', link, application, facts.isObjected);
    const isDelayed = !facts.isObjected && (facts.release !== null || facts.hours > 0);
    const waits = isDelayed || facts.isObjected;
    const model = { ...about, ...facts, isSuccession: true, isDelayed, waits };
    return this.queue.queue('administrator-welcome', askedBy(application, to), model, link);
  }

  /** Whoever is stopped at the door comes to no probation by himself. */
  #about(path: string, link: LinkInMail, application?: Application, isObjected = false) {
    const probationHours = isObjected ? 0 : this.config.enrollmentProbation / HOUR_MS;
    const opened = this.queue.link(path, link);
    const { caseNumber } = application ?? {};
    return { ...opened, ...originOf(application), caseNumber, probationHours };
  }
}

/** Their mails take turns between the networks that applied. */
function askedBy(application: Application | undefined, to: Addressee): Addressee {
  return application ? { ...to, askedFrom: siteOf(application.address) } : to;
}

/** Of a case or the like, for a mail or a page. `time` is null for one of a former version. */
export function originOf(application: Application | undefined) {
  const { createdAt: time = null, address = '', browser = '' } = application ?? {};
  return { time, address, browser: browserInWords(browserFacts(browser)) };
}
