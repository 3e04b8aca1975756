import { Transform } from 'class-transformer';
import { IsNotEmpty, ValidateIf } from 'class-validator';
import { because } from '../../web/forms/forms.js';
import { cleanPrintedCode } from '../printed-codes.js';

/** The answer to the question for the second factor: a code, or what a script enters for a passkey. */
export class FactorAnswerForm {
  @Transform(({ value }) => cleanPrintedCode(value as string))
  @ValidateIf(({ passkey }: FactorAnswerForm) => passkey === '')
  @IsNotEmpty(because('確認コードを入力してください。'))
  code = '';

  passkey = '';

  /** `recovery-code`: the page asked for one of those. */
  by = '';
}
