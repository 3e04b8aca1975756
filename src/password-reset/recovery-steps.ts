import { say } from '../web/sentence.js';
import { stepper, type Stepper } from '../web/stepper.js';

const LABELS = [say('番号の確認'), say('新しいパスワード'), say('内容の確認'), say('再登録完了')];

/** What the stepper shows; the choice of an ID belongs to the first step. */
export function recoveryStepperAt(
  step: 'numbers' | 'new-password' | 'confirmation' | 'completed',
): Stepper {
  return stepper(LABELS, ['numbers', 'new-password', 'confirmation', 'completed'].indexOf(step));
}
