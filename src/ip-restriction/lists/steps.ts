import { say } from '../../web/sentence.js';
import { stepper, type Stepper } from '../../web/stepper.js';

const LABELS = {
  draft: say('編集'),
  check: say('反映前の確認'),
  trial: say('試行'),
  confirmation: say('確定'),
};

type Step = keyof typeof LABELS;

const ORDER: Step[] = ['draft', 'check', 'trial', 'confirmation'];

/** 編集 → 反映前の確認 → 試行 → 確定. Nothing is edited before the restriction is lifted. */
export function stepperOf(here: Step, restricts = true): Stepper {
  const order = restricts ? ORDER : ORDER.slice(2);
  return stepper(
    order.map((step) => LABELS[step]),
    order.indexOf(here),
  );
}
