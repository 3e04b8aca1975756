import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { withLowerCaseDomain } from '../../identity/login-id.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import {
  newForm,
  readForm,
  refusedForm,
  type FormBody,
  type FormReading,
} from '../../web/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import type { Invited } from './invitation.entity.js';
import { Invitations } from './invitations.js';
import { InvitingForm } from './inviting.form.js';

const REFUSALS = {
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
    const sentence = REFUSALS[sent.reason === 'company-limit' ? 'company-limit' : 'mail-limit'];
    return formPage(refusedForm(form, { name: 'email', sentence }), 422);
  }
}

function formPage(form: FormReading, status = 200): Answer {
  return page('accounts/invitations/inviting', say('担当者の追加'), { form }, { status });
}
