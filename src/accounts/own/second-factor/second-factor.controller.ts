import { Body, Controller, Get, Post } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches, ValidateIf } from 'class-validator';
import { FactorTest, type FactorTested } from '../../../auth/second-factor/factor-test.js';
import { factorProblem } from '../../../auth/second-factor/factor-problem.js';
import { FEW_CODES, RecoveryCodes } from '../../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../../auth/second-factor/second-factors.js';
import { Me } from '../../../auth/sessions/me.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { SetsUpFactor } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { cleanDigits } from '../../../web/forms/fields.js';
import { because, FormReading, readForm, type FormBody } from '../../../web/forms/forms.js';
import { about, notice, type Notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';

const PATH = '/me/second-factor';

const WORKS = notice.success(
  say('確認コードを確認できました。次のログインでも、この認証アプリを使えます。'),
);

const PASSKEY_WORKS = notice.success(
  say('パスキー「{name}」を確認できました。次のログインでも、このパスキーを使えます。'),
);

class TestedFactorForm {
  @Transform(({ value }) => cleanDigits(value as string))
  @ValidateIf(({ testedFactorPasskey }: TestedFactorForm) => testedFactorPasskey === '')
  @Matches(
    /^\d{6}$/,
    because(
      'アプリに表示された6桁の数字を入力してください。リカバリーコードは、ここでは試せません。',
    ),
  )
  testedFactorCode = '';

  testedFactorPasskey = '';
}

/** 2段階認証: what is set up, and what can be done with it. */
@Controller('me/second-factor')
export class SecondFactorController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly tests: FactorTest,
  ) {}

  @Get()
  @SetsUpFactor()
  async show(@Me() person: SignedIn): Promise<Answer> {
    if (person.enrolsOnly) return seeOther('/me/second-factor/totp');
    return this.#page(person, new FormReading());
  }

  /** Tries a code of the app, or a passkey. */
  @Post()
  async test(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (!person.hasFactor) return seeOther(PATH);
    const read = readForm(TestedFactorForm, body);
    if (!read.ok) return this.#page(person, read.reading);
    const { testedFactorCode: code, testedFactorPasskey: passkey } = read.form;
    const tested = await this.tests.of(person, { code, passkey });
    if (tested.ok) return seeOther(PATH, toldOf(tested));
    const problem =
      passkey === ''
        ? factorProblem('testedFactorCode', tested, '', 'app')
        : factorProblem('testedFactorPasskey', tested, '', 'passkey');
    const form = new FormReading({}, problem);
    if (!('retryAfter' in tested)) return this.#page(person, form);
    return this.#page(person, form, { status: 429, retryAfter: tested.retryAfter });
  }

  async #page(
    person: SignedIn,
    form: FormReading,
    answer: { status?: number; retryAfter?: number } = {},
  ): Promise<Answer> {
    const { accountId, factorDueAt, mustSetUpFactor } = person;
    const owner = { account: accountId };
    const totp = await this.factors.totpOf(owner);
    const { left, issuedAt, isOfFormerKey } = await this.recoveryCodes.sheet(owner);
    const model = {
      form,
      totp: totp && { since: totp.createdAt, lastUsedAt: totp.lastUsedAt ?? null },
      dueAt: factorDueAt,
      isOver: mustSetUpFactor,
      passkeyOptions: (await this.tests.options(person)) ?? null,
      codes: issuedAt ? { left, issuedAt, isOfFormerKey, areFew: left <= FEW_CODES } : null,
    };
    return page('own/second-factor', say('2段階認証'), model, answer);
  }
}

function toldOf({ passkey: name }: FactorTested & { ok: true }): Notice {
  return name === undefined ? WORKS : about(PASSKEY_WORKS, { name });
}
