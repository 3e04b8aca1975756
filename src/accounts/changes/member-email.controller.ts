import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { CASE_OBSTACLES } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import type { Account } from '../../identity/account.entity.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, readForm, type FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { EmailChanges } from '../email-changes/email-changes.js';
import { MAIL_LIMITS } from '../../mail/refused-mails.js';
import { MailAddressForm } from '../../identity/person.form.js';
import { Members } from '../members/members.js';
import { PeopleInCases } from './people-in-cases.js';

const EMAIL_CHANGE_REQUESTED = notice.success(
  say('{name} 様の新しいアドレスに確認のメールをお送りしました。確認が済むと変更されます。'),
);

const REFUSALS = {
  ...CASE_OBSTACLES,
  'email-unchanged': say('現在と同じメールアドレスです。新しいメールアドレスを入力してください。'),
  ...MAIL_LIMITS,
};

/** The mail address of somebody else: asked for here, and changed when its reader has proved it. */
@Controller('accounts/:id/email')
@AdministratorsOnly()
@FactorForPeople()
export class MemberEmailController {
  constructor(
    private readonly members: Members,
    private readonly changes: EmailChanges,
    private readonly inCases: PeopleInCases,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const member = await this.#find(id, person);
    if (member.id === person.accountId) return seeOther('/me/email');
    if ((await this.inCases.of(person, member))?.isClosed) return seeOther(`/accounts/${id}`);
    return emailPage(member, new FormReading());
  }

  @Post()
  async request(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const member = await this.#find(id, person);
    if (member.id === person.accountId) return seeOther('/me/email');
    const read = readForm(MailAddressForm, body);
    if (!read.ok) return emailPage(member, read.reading);
    const requested = await this.changes.request(person, member.id, read.form.email);
    if (requested.ok)
      return seeOther(
        `/accounts/${member.id}`,
        about(EMAIL_CHANGE_REQUESTED, { name: member.name }),
      );
    if (requested.reason === 'account-unknown') throw new NotFoundException();
    const sentence = REFUSALS[requested.reason];
    return emailPage(member, new FormReading(read.form, { name: 'email', sentence }));
  }

  async #find(id: string, person: SignedIn): Promise<Account> {
    const member = await this.members.find(person.corporationId, id);
    if (!member.hasProvedMailbox) throw new NotFoundException();
    return member;
  }
}

function emailPage({ id, name, email }: Account, form: FormReading): Answer {
  const model = { member: { id, name, email }, form };
  return page('accounts/changes/email', say('メールアドレスの変更の依頼'), model);
}
