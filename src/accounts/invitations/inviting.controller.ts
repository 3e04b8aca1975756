import { Body, Controller, Get, Post } from '@nestjs/common';
import { CASE_OBSTACLES, CaseRules, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { emailKey } from '../../identity/login-id.js';
import { MAIL_LIMITS } from '../../mail/refused-mails.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody, type Problem } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import type { Invited } from './invitation.entity.js';
import { Invitations, type Sent } from './invitations.js';
import { InvitingForm } from './inviting.form.js';
import { RegisteredMailboxes } from './registered-mailboxes.js';

/** 利用者の追加: a person is invited by mail and chooses login ID and password. */
@Controller('accounts/new')
@AdministratorsOnly()
@FactorForPeople()
export class InvitingController {
  constructor(
    private readonly invitations: Invitations,
    private readonly mailboxes: RegisteredMailboxes,
    private readonly rules: CaseRules,
  ) {}

  @Get()
  show(@Me() person: SignedIn): Promise<Answer> {
    return this.#page(new FormReading({ role: 'staff' }), person);
  }

  @Post()
  async invite(@Body() body: FormBody, @Me() person: SignedIn): Promise<Answer> {
    const read = readForm(InvitingForm, body);
    if (!read.ok) return this.#page(read.reading, person);
    const { form } = read;
    const problem = await this.#unasked(form.email, body, person);
    if (problem) {
      const asked = { ...form, asked: form.email };
      return this.#page(new FormReading(asked, problem), person);
    }
    const sent = await this.invitations.send(person, form as Invited);
    if (sent.ok) return seeOther(`/accounts/invitations/${sent.id}`);
    return this.#page(new FormReading(form, problemOf(sent.reason)), person);
  }

  /** Of a mailbox that somebody of the company has, unless that was said and 「それでも招待する」 pressed. */
  async #unasked(
    email: string,
    { act, asked = '' }: FormBody,
    person: SignedIn,
  ): Promise<Problem | undefined> {
    if (act === 'anyway' && emailKey(asked) === emailKey(email)) return undefined;
    const registered = await this.mailboxes.among([email], person);
    const sentence = registered.get(emailKey(email));
    return sentence && { name: 'email', sentence };
  }

  async #page(form: FormReading, { corporationId }: SignedIn): Promise<Answer> {
    const model = { form, grantsRest: await this.rules.areGrantsResting(corporationId) };
    return page('accounts/invitations/inviting', say('利用者の追加'), model);
  }
}

function problemOf(reason: Extract<Sent, { ok: false }>['reason']): Problem {
  if (isCaseObstacle(reason)) return { name: 'role', sentence: CASE_OBSTACLES[reason] };
  const isLimit = reason !== 'invitation-over' && reason !== 'mail-too-soon';
  return { name: 'email', sentence: MAIL_LIMITS[isLimit ? reason : 'mail-limit'] };
}
