import { say } from '../../web/sentence.js';
import { stepper, type Stepper } from '../../web/stepper.js';
import { ORDER, type EnrollmentStep } from './enrollment-flow.js';

const LABELS = [say('番号の確認'), say('必須項目の入力'), say('内容の確認'), say('受付完了')];

export function enrollmentStepperAt(step: EnrollmentStep): Stepper {
  return stepper(LABELS, ORDER.indexOf(step));
}
