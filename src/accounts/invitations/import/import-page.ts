import type { RunsLeft } from '../../../mail/mail-runs.js';
import { say } from '../../../web/sentence.js';
import { stepper } from '../../../web/stepper.js';
import { MOST_INVITED } from './read-invitations.js';

const STEPS = ['file', 'confirmation'] as const;
const LABELS = [say('一覧の読み取り'), say('内容の確認と招待')];

/** What both pages show: the step, and how many people may still be invited today, or from when on again. */
export function importView(here: (typeof STEPS)[number], { left, endsAt }: RunsLeft) {
  return {
    ...stepper(LABELS, STEPS.indexOf(here)),
    runsLeft: left,
    peopleLeft: left * MOST_INVITED,
    runsAgain: left === 0 ? endsAt : null,
  };
}
