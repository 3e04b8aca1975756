import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { FRESH_PASSWORD } from '../web/access.js';
import { page } from '../web/answers.js';
import { newForm, refusedForm, type FormReading } from '../web/forms.js';
import type { FormRequest } from '../web/repeated-fields.js';
import { say, type Sentence } from '../web/sentence.js';
import { ShownInstead } from '../web/shown-instead.js';
import { SignInRequired } from '../web/sign-in-required.js';
import type { VisitedRequest } from '../web/visit.js';
import { signedInOf } from './me.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { LONGEST_PASSWORD_BYTES } from './passwords.js';
import { tooManyFailures } from './refused-sign-ins.js';

type Interrupted = FormRequest & VisitedRequest;
type Answer = 'page' | 'file';

const EMPTY = say('現在のパスワードを入力してください。');
const WRONG = say(
  'パスワードを確認できませんでした。もう一度入力してください。続けて間違えると、しばらくのあいだ正しいパスワードでも確認できなくなります。',
);

/**
 * Asks for the password before something that matters. The interrupted form waits in the page that
 * asks and is sent with the password, with and without JavaScript.
 */
@Injectable()
export class FreshPasswordGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly confirmation: PasswordConfirmation,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Interrupted>();
    const targets = [context.getHandler(), context.getClass()];
    const answer = this.reflector.getAllAndOverride<Answer | undefined>(FRESH_PASSWORD, targets);
    const person = signedInOf(request.visit);
    const { currentPassword: typed, ...body } = request.body ?? {};
    if (!answer || request.method !== 'POST' || !person) return true;
    request.body = body;
    if (person.passwordIsFresh) return true;
    if (typed === undefined) throw asked(request, answer, newForm(), 403);
    if (typed === '') throw refused(request, answer, EMPTY);
    if (Buffer.byteLength(typed) > LONGEST_PASSWORD_BYTES) throw refused(request, answer, WRONG);
    const confirmed = await this.confirmation.confirm(person, typed, request.visit);
    if (confirmed.ok) {
      person.passwordIsFresh = true;
      return true;
    }
    if (confirmed.reason === 'password-wrong') throw refused(request, answer, WRONG);
    if (confirmed.reason === 'changed-meanwhile') throw new SignInRequired('/');
    throw new ShownInstead(tooManyFailures(confirmed.retryAfter));
  }
}

function refused(request: Interrupted, answer: Answer, sentence: Sentence): ShownInstead {
  const form = refusedForm({}, { name: 'currentPassword', sentence });
  return asked(request, answer, form, 422);
}

function asked(
  request: Interrupted,
  answer: Answer,
  form: FormReading,
  status: number,
): ShownInstead {
  const fields = Object.entries({ ...request.body, ...request.lists }).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value })),
  );
  const { loginId } = signedInOf(request.visit)!;
  const isFile = answer === 'file';
  const model = { form, action: request.originalUrl, fields, loginId, isFile };
  return new ShownInstead(page('auth/fresh-password', say('パスワードの確認'), model, { status }));
}
