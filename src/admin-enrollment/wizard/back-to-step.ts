import { seeOther, type Answer } from '../../web/answers.js';
import { STARTED_OVER } from '../../web/flows.js';
import { enrollmentPath, enrollmentStepOf, type EnrollmentRun } from './enrollment-flow.js';
import type { Entrance } from './entrances.js';

/** A page out of turn: back to where the person was, or to the beginning when that is not known. */
export function backToStep(entrance: Entrance, run: EnrollmentRun | undefined): Answer {
  return run
    ? seeOther(enrollmentPath(entrance, enrollmentStepOf(run), run))
    : seeOther(entrance.path, STARTED_OVER);
}
