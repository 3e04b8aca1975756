import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { memberFacts } from './member-facts.js';
import { Members } from './members.js';
import { Suspension, type SuspensionRefusal } from './suspension.js';

const ACCOUNT_SUSPENDED = notice(
  'account-suspended',
  'success',
  '担当者の利用を停止しました。ご本人にメールでお知らせしています。',
);
const ACCOUNT_RELEASED = notice(
  'account-released',
  'success',
  '担当者の利用を再開しました。ご本人にメールでお知らせしています。',
);

/** 利用停止: keeps a person out for a while, and lets them in again. */
@Controller('accounts/:id/suspension')
@AdministratorsOnly()
@FreshPassword()
export class SuspensionController {
  constructor(
    private readonly members: Members,
    private readonly suspension: Suspension,
  ) {}

  @Get()
  async show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(id, person);
  }

  @Post()
  async change(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const act = body.act === 'release' ? 'release' : 'suspend';
    const changed = await this.suspension.change(act, person, id, visit);
    if (!changed) throw new NotFoundException();
    if (!changed.ok) return this.#page(id, person, changed.reason);
    return seeOther('/accounts', act === 'suspend' ? ACCOUNT_SUSPENDED : ACCOUNT_RELEASED);
  }

  /** 409 without a button when neither is possible, or when it was not. */
  async #page(id: string, person: SignedIn, refused?: SuspensionRefusal): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (!member) throw new NotFoundException();
    const act = member.state === 'suspended' ? 'release' : 'suspend';
    const refusal = refused ?? (await this.suspension.obstacle(act, person, member)) ?? null;
    const model = { ...memberFacts(member), state: member.shownState, act, refusal };
    const title = say(act === 'release' ? '担当者の利用再開' : '担当者の利用停止');
    return page('accounts/members/suspension', title, model, { status: refusal ? 409 : 200 });
  }
}
