import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNotEmpty } from 'class-validator';
import { IgnoresSession, Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { because, FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { ownPath } from '../../web/own-path.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { cleanPrintedCode } from '../printed-codes.js';
import { OwnerRefusals } from '../sign-in/owner-refusals.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { FactorSignIn } from './factor-sign-in.js';
import { factorProblem } from './factor-problem.js';

const SIGN_IN_OVER = notice.info(
  say(
    '確認コードの入力まで5分が過ぎたか、別の画面でログインし直したため、最初からやり直してください。',
  ),
);

class FactorForm {
  @Transform(({ value }) => cleanPrintedCode(value as string))
  @IsNotEmpty(because('確認コードを入力してください。'))
  code = '';

  /** `yes`: this browser is not asked again for 30 days. */
  trust = '';

  next = '';
  by = '';
}

/** 確認コードの入力: between the right password and the session. */
@Controller('login/second-factor')
@Public()
export class FactorController {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly signIn: FactorSignIn,
    private readonly refusals: OwnerRefusals,
  ) {}

  @Get()
  async show(@Query() query: Record<string, unknown>, @Visitor() visit: Visit): Promise<Answer> {
    const [next, by] = [query.next, query.by].map((value) =>
      typeof value === 'string' ? value : '',
    );
    if (!(await this.pending.find(visit))) return startedOver(next);
    return factorPage({ next, by });
  }

  @Post()
  @IgnoresSession()
  async enter(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const read = readForm(FactorForm, body);
    if (!read.ok) return factorPage(body, { form: read.reading, status: 422 });
    const { code, trust, next } = read.form;
    const finished = await this.signIn.finish(code, trust === 'yes', visit);
    if (finished.ok) return seeOther(ownPath(next));
    if ('accountId' in finished) return this.refusals.answer(finished, visit);
    if (finished.reason === 'sign-in-over' || finished.reason === 'changed-meanwhile')
      return startedOver(next);
    const form = new FormReading({ trust }, factorProblem('code', finished));
    const retryAfter = 'retryAfter' in finished ? finished.retryAfter : undefined;
    const status = retryAfter === undefined ? 422 : 429;
    return factorPage(body, { form, status, ...(retryAfter && { retryAfter }) });
  }
}

function startedOver(wanted: string | undefined): Answer {
  const next = ownPath(wanted);
  const query = next === '/' ? '' : `?${new URLSearchParams({ next }).toString()}`;
  return seeOther(`/login${query}`, SIGN_IN_OVER);
}

/** @param asked.by `recovery-code`: a code of the paper instead of one of the app */
function factorPage(
  { next, by }: { next?: string | undefined; by?: string | undefined },
  {
    form = new FormReading(),
    ...answer
  }: { form?: FormReading; status?: number; retryAfter?: number } = {},
): Answer {
  const byPaper = by === 'recovery-code';
  const other = new URLSearchParams({
    next: ownPath(next),
    ...(!byPaper && { by: 'recovery-code' }),
  });
  const model = {
    // A code is not shown again.
    form: new FormReading({}, ...form.problems),
    next: ownPath(next),
    otherWay: `/login/second-factor?${other.toString()}`,
    byPaper,
    trusts: form.values.trust === 'yes',
  };
  return page('auth/second-factor', say('確認コードの入力'), model, answer);
}
