import { Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../../auth/me.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { ROLES } from '../../../identity/role.js';
import { AdministratorsOnly, FreshPassword } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { momentInWords } from '../../../web/moment-in-words.js';
import { notice } from '../../../web/notices.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { restorableUntil, type Member } from '../member.js';
import { Members } from '../members.js';
import { obstacleTo, Restoration } from './restoration.js';

const ACCOUNT_RESTORED = notice(
  'account-restored',
  'success',
  '担当者を元に戻しました。ご本人にメールでお知らせしています。',
);

const STATUS = { 'state-changed': 409, 'too-late': 410 };

/** Brings a deleted person back. */
@Controller('accounts/:id/restoration')
@AdministratorsOnly()
@FreshPassword()
export class RestorationController {
  constructor(
    private readonly members: Members,
    private readonly restoration: Restoration,
  ) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (!member) throw new NotFoundException();
    return restorationPage(member, visit);
  }

  @Post()
  async restore(
    @Param('id') id: string,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const restored = await this.restoration.restore(person, id, visit);
    if (!restored) throw new NotFoundException();
    return restored.ok ? seeOther('/accounts', ACCOUNT_RESTORED) : this.show(id, person, visit);
  }
}

function restorationPage(member: Member, { language }: Visit): Answer {
  const { id, name, nameKana, loginId, role, deletedAt } = member;
  const refusal = obstacleTo(member);
  const model = {
    id,
    name,
    nameKana,
    loginId,
    role: ROLES[role],
    refusal: refusal ?? null,
    deletedAt: deletedAt && momentInWords(deletedAt, language),
    deadline: deletedAt && momentInWords(restorableUntil(deletedAt), language),
  };
  return page('accounts/members/restoration', '削除した担当者を元に戻す', model, {
    status: refusal ? STATUS[refusal] : 200,
  });
}
