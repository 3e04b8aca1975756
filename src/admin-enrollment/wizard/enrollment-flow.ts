import { Injectable } from '@nestjs/common';
import type { ProvenCorporation } from '../../corporations/invoice-proof.js';
import { Flows, type FlowRun } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';
import type { Applicant } from './applicants.js';
import type { Entrance } from './entrances.js';

/** What the wizard has heard so far. */
export interface EnrollmentEntries {
  corporateNumber: string;
  /** The keyed digest of the other number, as hex: enough to compare it again. */
  transferAccountDigest: string;
  /** The company that both numbers belong to; null while the desk reviews all cases. */
  corporation: ProvenCorporation | null;
  proved: boolean;
  applicant: Applicant;
  /** Without an account while the application waits behind another one. */
  registration: { enrollmentId: string; accountId: string | null; caseNumber?: string };
  /** Of an application that the desk reviews. */
  caseNumber: string;
}

export type EnrollmentRun = FlowRun<EnrollmentEntries>;
export type EnrollmentStep = 'numbers' | 'details' | 'confirmation' | 'completed';

/** One run through the wizard, and which of its pages may be seen now. */
@Injectable()
export class EnrollmentFlow {
  constructor(private readonly flows: Flows) {}

  begin(entrance: Entrance, visit: Visit): Promise<EnrollmentRun> {
    return this.flows.begin<EnrollmentEntries>(entrance.kind, {}, visit);
  }

  find(entrance: Entrance, id: unknown, visit: Visit): Promise<EnrollmentRun | undefined> {
    return this.flows.find<EnrollmentEntries>(entrance.kind, id, visit);
  }

  /** The run as it is now, held until the caller's transaction ends. */
  hold(run: EnrollmentRun): Promise<EnrollmentRun> {
    return this.flows.hold(run);
  }

  async remember(run: EnrollmentRun, entries: Partial<EnrollmentEntries>): Promise<void> {
    await this.flows.remember(run, entries);
  }

  async forget(run: EnrollmentRun, entry: keyof EnrollmentEntries): Promise<void> {
    await this.flows.forget(run, entry);
  }
}

/** The page that the run stands at: every page up to it may be seen again until it is completed. */
export function enrollmentStepOf({ entries }: EnrollmentRun): EnrollmentStep {
  if (entries.registration || entries.caseNumber) return 'completed';
  if (entries.applicant) return 'confirmation';
  return entries.proved ? 'details' : 'numbers';
}

/** The pages of the wizard as they follow each other. */
export const ORDER: EnrollmentStep[] = ['numbers', 'details', 'confirmation', 'completed'];

/** Whether the page may be shown; after the completion there is no way back into the wizard. */
export function maySee(run: EnrollmentRun, page: EnrollmentStep): boolean {
  const reached = enrollmentStepOf(run);
  if (reached === 'completed' || page === 'completed') return reached === page;
  return ORDER.indexOf(page) <= ORDER.indexOf(reached);
}

/** The URL of a step, with the tab's run in it. */
export function enrollmentPath(
  entrance: Entrance,
  step: EnrollmentStep,
  run: EnrollmentRun,
): string {
  return `${entrance.path}/${step}?flow=${run.id}`;
}
