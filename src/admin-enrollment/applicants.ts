import { Injectable } from '@nestjs/common';
import { emailKey, loginIdKey } from '../accounts/login-id.js';
import { PasswordRule } from '../auth/password-rule.js';
import { Passwords } from '../auth/passwords.js';
import { readForm, refusedForm, type FormBody, type Problem, type Read } from '../web/forms.js';
import { say, type Sentence } from '../web/sentence.js';
import { DetailsForm } from './details.form.js';

/** What a wizard keeps of the details: the password only as its hash. */
export interface Applicant {
  name: string;
  nameKana: string;
  department: string;
  phone: string;
  email: string;
  loginId: string;
  passwordHash: string;
}

const LONGEST_PASSWORD_BYTES = 1024;

/** Reads the details of a person who wants an account. */
@Injectable()
export class Applicants {
  constructor(
    private readonly rule: PasswordRule,
    private readonly passwords: Passwords,
  ) {}

  /**
   * Reads the form; both passwords may stay empty when one was entered before.
   * @returns the applicant with a hash of the password, or the form with all broken rules
   */
  async read(body: FormBody, company: string, before: Applicant | undefined): Promise<Read<Applicant>> {
    const keepsPassword = before !== undefined && !body.password && !body.passwordConfirmation;
    const read = readForm(DetailsForm, keepsPassword ? { ...body, ...UNCHANGED } : body);
    const typed = read.ok ? read.form : read.reading.values;
    const problems = read.ok ? [] : [...read.reading.problems];
    if (!keepsPassword && body.password) problems.push(...(await this.#passwordProblems(body, typed, company)));
    if (problems.length > 0 || !read.ok) return { ok: false, reading: refusedForm(typed, ...problems) };
    const { password, passwordConfirmation: _, ...details } = read.form;
    const passwordHash = keepsPassword ? before.passwordHash : await this.passwords.hash(password);
    return { ok: true, form: { ...details, email: withLowerCaseDomain(details.email), passwordHash } };
  }

  async #passwordProblems(body: FormBody, typed: Partial<DetailsForm>, company: string): Promise<Problem[]> {
    const password = body.password!.normalize('NFKC');
    if (Buffer.byteLength(password) > LONGEST_PASSWORD_BYTES) return [problem('password', TOO_LONG)];
    const { loginId = '', name = '', nameKana = '', email = '', phone = '' } = typed;
    const known = [company, name, nameKana, emailKey(email), phone];
    const broken = await this.rule.broken(password, { loginId: loginIdKey(loginId), known });
    const problems = broken.map((sentence) => problem('password', sentence));
    const confirmation = (body.passwordConfirmation ?? '').normalize('NFKC');
    if (confirmation !== '' && confirmation !== password) problems.push(problem('passwordConfirmation', DIFFERENT));
    return problems;
  }
}

const TOO_LONG = say('パスワードは{most}文字以内で入力してください。', { most: 128 });
const DIFFERENT = say('パスワード確認が、上のパスワードと一致しません。もう一度入力してください。');

function problem(name: string, sentence: Sentence): Problem {
  return { name, sentence };
}

/** Stands in for a password that was entered before and is not typed again. */
const UNCHANGED = { password: 'unchanged', passwordConfirmation: 'unchanged' };

function withLowerCaseDomain(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
}
