import { Injectable } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { knownSource } from '../../auth/passwords/source.js';
import { LoginIdForm } from '../../identity/login-id.form.js';
import { readForm, refusedForm, type FormBody, type Read } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';
import type { ActivationLook, ChosenCredentials } from './activation.js';

/** Reads what the activation page asks for: nothing at all, a login ID, or a password too. */
@Injectable()
export class ActivationForms {
  constructor(private readonly newPasswords: NewPasswords) {}

  get rules() {
    return this.newPasswords.rules;
  }

  async read(
    { account, needs }: Extract<ActivationLook, { ok: true }>,
    body: FormBody,
    visit: Visit,
  ): Promise<Read<ChosenCredentials>> {
    if (!needs.loginId || (body.loginId === undefined && !needs.password))
      return { ok: true, form: {} };
    const read = readForm(LoginIdForm, body);
    if (!needs.password) return read;
    const { loginId = '' } = read.ok ? read.form : read.reading.values;
    const { corporation, name, nameKana, email } = account;
    const owner = { loginId, email, others: [corporation.name, name, nameKana] };
    const source = knownSource(`activation ${account.id}`, visit);
    const problems = await this.newPasswords.problems(body, owner, source);
    if (!read.ok || problems.length > 0) {
      const reading = refusedForm(
        { loginId },
        ...(read.ok ? [] : read.reading.problems),
        ...problems,
      );
      return { ok: false, reading };
    }
    return {
      ok: true,
      form: { loginId, passwordHash: await this.newPasswords.hash(body, source) },
    };
  }
}
