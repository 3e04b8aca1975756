import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { emailKey, loginIdKey } from '../../identity/login-id.js';
import { say, type Sentence } from '../../web/sentence.js';
import { Passwords } from './passwords.js';
import { passwordText } from './typed-password.js';
import type { Source } from '../../limits/source.js';

const LONGEST = 128;
/** A power of ten: passwords that fewer guesses find are common. */
const COMMON = 5;

/** Facts about its owner that a password must not repeat: people who know them would try them first. */
export interface PasswordOwner {
  loginId: string;
  email: string;
  others: string[];
}

/** The manual's rule for new passwords: 半角英数混合8桁以上, not the login ID. */
@Injectable()
export class PasswordRule {
  constructor(
    private readonly config: Config,
    private readonly passwords: Passwords,
  ) {}

  /** All rules that the password breaks; guessing it is tried only when it breaks no other. */
  async broken(password: string, owner: PasswordOwner, source: Source): Promise<Sentence[]> {
    const loginId = loginIdKey(owner.loginId);
    const shape = this.#brokenByShape(password, loginId);
    if (shape.length > 0) return shape;
    const email = emailKey(owner.email);
    const ofOwner = [loginId, ...owner.others, email, ...domainWordsOf(email)];
    const known = [...ofOwner, ...this.#wordsOfService];
    const guesses = await this.passwords.guesses(password, known, source);
    return guesses < COMMON
      ? [
          say(
            'よく使われるパスワードか、推測されやすいパスワードです。別のパスワードを入力してください。',
          ),
        ]
      : [];
  }

  /** What everybody thinks of first who stands before this login page. */
  get #wordsOfService(): string[] {
    const { serviceName, serviceNameEn, operatorName, operatorNameEn, publicUrl } = this.config;
    const names = [serviceName, serviceNameEn, operatorName, operatorNameEn];
    const words = names.flatMap((name) => [name, ...name.split(/\s+/)]);
    return [...words.filter((word) => word.length > 2), ...wordsOf(new URL(publicUrl).hostname)];
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

/** The company's name in its domain: `aoba` of `@mail.aoba.example.jp`. */
function domainWordsOf(email: string): string[] {
  return wordsOf(email.split('@').at(-1) ?? '');
}

function wordsOf(host: string): string[] {
  return host.split('.').filter((word) => word.length > 2);
}

function folded(text: string): string {
  return passwordText(text).toLowerCase();
}
