import { say, type Sentence } from '../web/sentence.js';
import type { Step } from './enrollment-flow.js';

const STEPS: { step: Step; label: Sentence }[] = [
  { step: 'numbers', label: say('番号の確認') },
  { step: 'details', label: say('必須項目の入力') },
  { step: 'confirmation', label: say('内容の確認') },
  { step: 'completed', label: say('受付完了') },
];

/** What the stepper shows on a page of the wizard. */
export function stepperAt(step: Step): { steps: object[]; position: number; total: number } {
  const here = STEPS.findIndex((each) => each.step === step);
  const steps = STEPS.map(({ label }, place) => ({
    label,
    current: place === here,
    done: place < here,
  }));
  return { steps, position: here + 1, total: STEPS.length };
}
