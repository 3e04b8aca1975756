import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { accessOf, type Access } from '../../web/access.js';
import { page } from '../../web/answers.js';
import { FormReading } from '../../web/forms/forms.js';
import type { FormRequest } from '../../web/forms/repeated-fields.js';
import { say, type Sentence } from '../../web/sentence.js';
import { ShownInstead, signInRequired } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { LONGEST_PASSWORD_BYTES, passwordText } from '../passwords/passwords.js';
import { signedInOf } from '../sessions/me.js';
import { Sessions, type SignedIn } from '../sessions/sessions.js';
import { Credentials } from './credentials.js';
import { tooManyFailures } from './refused-sign-ins.js';

type Interrupted = FormRequest & VisitedRequest;
type Answer = NonNullable<Access['freshPassword']>;

const ACT = 'password-confirmation';

const EMPTY = say('現在のパスワードを入力してください。');
const WRONG = say(
  'パスワードを確認できませんでした。もう一度入力してください。続けて間違えると、しばらくのあいだ正しいパスワードでも確認できません。',
);

/**
 * Asks for the password before something that matters, with the counters of the sign-in; it stays
 * fresh for five minutes. The interrupted form waits in the page that asks and is sent with the
 * password, with and without JavaScript.
 */
@Injectable()
export class FreshPasswordGuard implements CanActivate {
  constructor(
    private readonly em: EntityManager,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Interrupted>();
    const answer = accessOf(context).freshPassword;
    const person = signedInOf(request.visit);
    const { currentPassword: typed, ...body } = request.body ?? {};
    if (!answer || request.method !== 'POST' || !person) return true;
    request.body = body;
    if (person.passwordIsFresh) return true;
    if (typed === undefined) throw asked(request, answer, new FormReading(), 403);
    if (typed === '') throw refused(request, answer, EMPTY);
    if (Buffer.byteLength(typed) > LONGEST_PASSWORD_BYTES) throw refused(request, answer, WRONG);
    const password = passwordText(typed);
    const checked = await this.credentials.check(person.loginId, password, request.visit, ACT);
    if ('retryAfter' in checked) throw new ShownInstead(tooManyFailures(checked.retryAfter));
    if (!checked.ok || checked.accountId !== person.accountId)
      throw refused(request, answer, WRONG);
    if (!(await this.#confirm(person))) throw signInRequired('/');
    return true;
  }

  async #confirm(person: SignedIn): Promise<boolean> {
    return inTransaction(this.em, async () => {
      if (!(await this.sessions.confirm(person.visit))) return false;
      await this.audit.done(ACT, person);
      return true;
    });
  }
}

function refused(request: Interrupted, answer: Answer, sentence: Sentence): ShownInstead {
  const form = new FormReading({}, { name: 'currentPassword', sentence });
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
