import type { ProvenCorporation } from '../../corporations/judged-proof.js';
import { seeOther, type Answer } from '../../web/answers.js';
import { STARTED_OVER, type FlowRun, type Flows } from '../../web/flows.js';
import { say } from '../../web/sentence.js';
import { stepper, type Stepper } from '../../web/stepper.js';
import type { Applicant } from '../applicant.js';
import type { Entrance, WizardPlace } from './entrances.js';

export interface EnrollmentEntries {
  corporateNumber: string;
  /** The keyed digest of the other number, as hex: enough to compare it again. */
  transferAccountDigest: string;
  /** What was typed of the newest invoice, in the same way; empty where none is asked. */
  invoiceDigests: string[];
  /** The company that both numbers belong to; null when they are compared behind the mailed link. */
  corporation: ProvenCorporation | null;
  proved: boolean;
  applicant: Applicant;
  /** Without an account while the application waits behind another one. */
  registration: { enrollmentId: string; accountId: string | null; caseNumber: string };
  /** An application whose numbers are compared behind the mailed link. */
  mailedId: string;
  /** The number of an application that the desk reviews without any mail. */
  reviewNumber: string;
}

export type EnrollmentRun = FlowRun<EnrollmentEntries>;
export type EnrollmentStep = 'numbers' | 'details' | 'confirmation' | 'completed';

/** The run of the place; for a URL that names none, the one that the browser began last. */
export function findRun(
  flows: Flows,
  { entrance, flowId, visit }: WizardPlace,
): Promise<EnrollmentRun | undefined> {
  return flows.find<EnrollmentEntries>(entrance.kind, flowId, visit);
}

/** The page that the run stands at: every page up to it may be seen again until it is completed. */
export function enrollmentStepOf({ entries }: EnrollmentRun): EnrollmentStep {
  if (entries.registration || entries.mailedId || entries.reviewNumber) return 'completed';
  if (entries.applicant?.passwordHash) return 'confirmation';
  return entries.proved ? 'details' : 'numbers';
}

const LABELS = [say('番号の確認'), say('必須項目の入力'), say('内容の確認'), say('受付完了')];
const ORDER: EnrollmentStep[] = ['numbers', 'details', 'confirmation', 'completed'];

/** True for pages up to the one that was reached; completion allows no way back into the wizard. */
export function maySee(run: EnrollmentRun, page: EnrollmentStep): boolean {
  const reached = enrollmentStepOf(run);
  if (reached === 'completed' || page === 'completed') return reached === page;
  return ORDER.indexOf(page) <= ORDER.indexOf(reached);
}

export function enrollmentPath(
  entrance: Entrance,
  step: EnrollmentStep,
  run: EnrollmentRun,
): string {
  return `${entrance.path}/${step}?flow=${run.id}`;
}

/** A page out of turn: back to where the person was, or to the beginning when that is not known. */
export function backToStep({ entrance }: WizardPlace, run: EnrollmentRun | undefined): Answer {
  return run
    ? seeOther(enrollmentPath(entrance, enrollmentStepOf(run), run))
    : seeOther(entrance.path, STARTED_OVER);
}

export function enrollmentStepperAt(step: EnrollmentStep): Stepper {
  return stepper(LABELS, ORDER.indexOf(step));
}
