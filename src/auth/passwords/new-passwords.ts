import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { FormBody, Problem } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import { PasswordRule, type PasswordOwner } from './password-rule.js';
import { Passwords } from './passwords.js';
import { LONGEST_PASSWORD_BYTES, typedPassword } from './typed-password.js';
import type { Source } from '../../limits/source.js';

const EMPTY = say('パスワードを入力してください。');
const UNCONFIRMED = say('確認用のパスワードを入力してください。');
const DIFFERENT = say(
  '確認用のパスワードが、上のパスワードと一致しません。もう一度入力してください。',
);
const TOO_LONG = say('パスワードは{most}文字以内で入力してください。', { most: 128 });

/** The fields `password` and `passwordConfirmation` of every page where a password is chosen. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly config: Config,
    private readonly rule: PasswordRule,
    private readonly passwords: Passwords,
  ) {}

  async problems(body: FormBody, owner: PasswordOwner, source: Source): Promise<Problem[]> {
    const [password, confirmation] = [
      typedPassword(body, 'password'),
      typedPassword(body, 'passwordConfirmation'),
    ];
    const problems = (await this.#brokenRules(password, owner, source)).map((sentence) =>
      problem('password', sentence),
    );
    if (confirmation === '') problems.push(problem('passwordConfirmation', UNCONFIRMED));
    else if (confirmation !== password) problems.push(problem('passwordConfirmation', DIFFERENT));
    return problems;
  }

  /** The hash to keep; the password itself is forgotten with the request. */
  hash(body: FormBody, source: Source): Promise<string> {
    return this.passwords.hash(typedPassword(body, 'password'), source);
  }

  /** The rules as a page shows them before anything is typed: to people and to their programs. */
  get rules(): { passwordRules: Sentence[]; managerRules: string } {
    const refused = [
      say('ログインIDと同一の値は登録できません。'),
      say('よく使われるパスワードや、推測されやすいパスワードは登録できません。'),
    ];
    return this.config.passwordPolicy === 'manual'
      ? {
          passwordRules: [say('半角英数混合8文字以上（記号も使えます）'), ...refused],
          managerRules: 'minlength: 8; maxlength: 128; required: lower, upper; required: digit;',
        }
      : {
          passwordRules: [say('15文字以上（どの文字も使えます）'), ...refused],
          managerRules: 'minlength: 15; maxlength: 128;',
        };
  }

  async #brokenRules(password: string, owner: PasswordOwner, source: Source): Promise<Sentence[]> {
    if (password === '') return [EMPTY];
    if (Buffer.byteLength(password) > LONGEST_PASSWORD_BYTES) return [TOO_LONG];
    return this.rule.broken(password, owner, source);
  }
}

function problem(name: string, sentence: Sentence): Problem {
  return { name, sentence };
}
