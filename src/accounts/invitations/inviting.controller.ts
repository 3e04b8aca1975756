import { Body, Controller, Get, Post } from '@nestjs/common';
import { CASE_OBSTACLES } from '../../admin-enrollment/case-obstacles.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { withLowerCaseDomain } from '../../identity/login-id.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import {
  newForm,
  readForm,
  refusedForm,
  type FormBody,
  type FormReading,
  type Problem,
} from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { Invited } from './invitation.entity.js';
import { Invitations, type Sent } from './invitations.js';
import { InvitingForm } from './inviting.form.js';

const REFUSALS = {
  ...CASE_OBSTACLES,
  'mail-limit': say(
    'このメールアドレスへメールを送信できる回数を超えました。1時間ほど待ってから、もう一度お試しください。',
  ),
  'company-limit': say(
    '短い時間にたくさんの招待が送られています。1時間ほど待ってから、もう一度お試しください。',
  ),
};

/** 担当者の追加: a person is invited by mail and chooses login ID and password. */
@Controller('accounts/new')
@AdministratorsOnly()
@FreshPassword()
export class InvitingController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  show(): Answer {
    return formPage(newForm({ role: 'staff' }));
  }

  @Post()
  async invite(
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const read = readForm(InvitingForm, body);
    if (!read.ok) return formPage(read.reading, 422);
    const { form } = read;
    const invited = { ...form, email: withLowerCaseDomain(form.email) } as Invited;
    const sent = await this.invitations.send(person, invited, visit);
    if (sent.ok) return seeOther(`/accounts/invitations/${sent.id}`);
    return formPage(refusedForm(form, problemOf(sent.reason)), 422);
  }
}

function problemOf(reason: Extract<Sent, { ok: false }>['reason']): Problem {
  if (reason === 'case-open' || reason === 'case-at-desk')
    return { name: 'role', sentence: REFUSALS[reason] };
  const sentence = REFUSALS[reason === 'company-limit' ? 'company-limit' : 'mail-limit'];
  return { name: 'email', sentence };
}

function formPage(form: FormReading, status = 200): Answer {
  return page('accounts/invitations/inviting', say('担当者の追加'), { form }, { status });
}
