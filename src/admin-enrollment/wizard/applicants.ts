import { Injectable } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import type { Source } from '../../auth/passwords/source.js';
import { loginIdKey, withLowerCaseDomain } from '../../identity/login-id.js';
import { readForm, refusedForm, type FormBody, type Read } from '../../web/forms/forms.js';
import type { Applicant } from '../applicant.js';
import { DetailsForm } from './details.form.js';

@Injectable()
export class Applicants {
  constructor(private readonly newPasswords: NewPasswords) {}

  /** Both passwords may stay empty when one was entered before. */
  async read(
    body: FormBody,
    company: string,
    before: Applicant | undefined,
    source: Source,
  ): Promise<Read<Applicant>> {
    const read = readForm(DetailsForm, body);
    const typed = read.ok ? read.form : read.reading.values;
    const keepsPassword = before !== undefined && !changesPassword(body, typed, before);
    const problems = read.ok ? [] : [...read.reading.problems];
    if (!keepsPassword) {
      const { loginId = '', name = '', nameKana = '', email = '', phone = '' } = typed;
      const owner = { loginId, email, others: [company, name, nameKana, phone] };
      problems.push(...(await this.newPasswords.problems(body, owner, source)));
    }
    if (problems.length > 0 || !read.ok)
      return { ok: false, reading: refusedForm(typed, ...problems) };
    const passwordHash = keepsPassword
      ? before.passwordHash
      : await this.newPasswords.hash(body, source);
    return {
      ok: true,
      form: { ...read.form, email: withLowerCaseDomain(read.form.email), passwordHash },
    };
  }
}

/** A password that was entered before was judged beside its login ID: a new ID needs it again. */
function changesPassword(body: FormBody, typed: Partial<DetailsForm>, before: Applicant): boolean {
  const isTyped = Boolean(body.password || body.passwordConfirmation);
  return isTyped || loginIdKey(typed.loginId ?? '') !== loginIdKey(before.loginId);
}
