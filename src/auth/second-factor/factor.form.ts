import { Transform } from 'class-transformer';
import { IsNotEmpty, ValidateIf } from 'class-validator';
import { because } from '../../web/forms/forms.js';
import { TooLong } from '../../web/forms/rules.js';
import { say } from '../../web/sentence.js';
import { cleanPrintedCode } from '../printed-codes.js';
import type { EnteredFactor } from './second-factors.js';

/** Instead of a code of the app: what a page asks for, by the name of its kind. */
export const PAPER = 'recovery-code';

/** The answer to the question for the second factor: a code, or what a script enters for a passkey. */
export class FactorAnswerForm {
  @Transform(({ value }) => cleanPrintedCode(value as string))
  @ValidateIf(({ factorPasskey }: FactorAnswerForm) => factorPasskey === '')
  @IsNotEmpty(because('確認コードを入力してください。'))
  @TooLong(say('確認コードが長すぎます。表示されたとおりに入力してください。'))
  code = '';

  factorPasskey = '';

  /** `recovery-code`: the page asked for one of those. */
  by = '';

  get answer(): EnteredFactor {
    return { code: this.code, passkey: this.factorPasskey };
  }
}
