import { say } from '../../../web/sentence.js';
import { stepper, type Stepper } from '../../../web/stepper.js';

const STEPS = ['file', 'confirmation'] as const;
const LABELS = [say('一覧の読み取り'), say('内容の確認と招待')];

export function importSteps(here: (typeof STEPS)[number]): Stepper {
  return stepper(LABELS, STEPS.indexOf(here));
}
