import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { SignInHistory } from '../sign-ins/sign-in-history.js';
import { memberPath } from './member-facts.js';
import { Members } from './members.js';

/** ログイン履歴 of somebody else, for administrators: whether an account is used, and by whom. */
@Controller('accounts/:id/sign-ins')
@AdministratorsOnly()
export class MemberSignInsController {
  constructor(
    private readonly members: Members,
    private readonly history: SignInHistory,
  ) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Query('before') before: unknown,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (member.id === person.accountId) return seeOther('/me/sign-ins');
    // Nobody knows any more whose sign-ins they were.
    if (member.name === '') throw new NotFoundException();
    const model = {
      name: member.name,
      path: memberPath(member, person),
      ...(await this.history.page(member.id, before, `/accounts/${member.id}/sign-ins`)),
    };
    return page('accounts/members/sign-ins', say('利用者のログイン履歴'), model);
  }
}
