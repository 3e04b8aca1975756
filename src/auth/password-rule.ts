import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { say, type Sentence } from '../web/sentence.js';
import type { Source } from './fair-admission.js';
import { passwordText } from './password-text.js';
import { Passwords } from './passwords.js';

const LONGEST = 128;
/** Fewer guesses than this power of ten find the password in any list of common ones. */
const COMMON = 5;

/** What a password must not be, in the light of whose it is. */
export interface PasswordOwner {
  loginId: string;
  /** Words that people who know the owner would try first. */
  known: string[];
}

/** The rule for new passwords, in the words of the manual: 半角英数混合8桁以上, not the login ID. */
@Injectable()
export class PasswordRule {
  constructor(
    private readonly config: Config,
    private readonly passwords: Passwords,
  ) {}

  /** Every rule that the password breaks, at once; common passwords are only looked for at the end. */
  async broken(password: string, owner: PasswordOwner, source: Source): Promise<Sentence[]> {
    const shape = this.#brokenByShape(password, owner.loginId);
    if (shape.length > 0) return shape;
    const known = [owner.loginId, ...owner.known];
    const guesses = await this.passwords.guesses(password, known, source);
    return guesses < COMMON
      ? [
          say(
            'よく使われるパスワードか、推測されやすいパスワードです。別のパスワードを入力してください。',
          ),
        ]
      : [];
  }

  #brokenByShape(password: string, loginId: string): Sentence[] {
    const length = [...password].length;
    const least = this.config.passwordPolicy === 'nist' ? 15 : 8;
    const mixed = this.config.passwordPolicy === 'manual';
    return [
      length < least && say('パスワードは{least}文字以上で入力してください。', { least }),
      length > LONGEST && say('パスワードは{most}文字以内で入力してください。', { most: LONGEST }),
      mixed && !/\p{L}/u.test(password) && say('パスワードに英字を1文字以上入れてください。'),
      mixed && !/\p{Nd}/u.test(password) && say('パスワードに数字を1文字以上入れてください。'),
      folded(password) === folded(loginId) &&
        say('ログインIDと同じ文字列は、パスワードに使えません。'),
    ].filter((sentence) => sentence !== false);
  }
}

function folded(text: string): string {
  return passwordText(text).toLowerCase();
}
