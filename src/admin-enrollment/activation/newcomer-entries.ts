import { Injectable } from '@nestjs/common';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { NewFactorForm } from '../../auth/second-factor/new-factor.form.js';
import { LoginIdForm } from '../../identity/person.form.js';
import { knownSource } from '../../limits/source.js';
import { FormReading, readForm, type FormBody, type Read } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';
import type { ChosenCredentials } from './activation.js';
import type { Newcomer } from './newcomer-needs.js';

/** What a newcomer enters behind the mailed link: nothing at all, or what the application left open. */
@Injectable()
export class NewcomerEntries {
  constructor(private readonly newPasswords: NewPasswords) {}

  async read(asked: Newcomer, body: FormBody, visit: Visit): Promise<Read<ChosenCredentials>> {
    const chosen = await this.#credentials(asked, body, visit);
    if (!asked.needs.factor) return chosen;
    const factor = readForm(NewFactorForm, body);
    if (chosen.ok && factor.ok)
      return { ok: true, form: { ...chosen.form, factorCode: factor.form.newFactorCode } };
    const { loginId = '' } = chosen.ok ? chosen.form : chosen.reading.values;
    const problems = [chosen, factor].flatMap((read) => (read.ok ? [] : read.reading.problems));
    return { ok: false, reading: new FormReading({ loginId }, ...problems) };
  }

  async #credentials(
    { account, needs }: Newcomer,
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
    const problems = read.ok ? [] : [...read.reading.problems];
    problems.push(...(await this.newPasswords.problems(body, owner, source)));
    if (problems.length > 0)
      return { ok: false, reading: new FormReading({ loginId }, ...problems) };
    const passwordHash = await this.newPasswords.hash(body, source);
    return { ok: true, form: { loginId, passwordHash } };
  }
}
