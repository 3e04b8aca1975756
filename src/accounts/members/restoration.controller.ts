import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { databaseNow } from '../../database/clock.js';
import { AdministratorsOnly, FreshPassword } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { notice } from '../../web/notices.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { memberFacts } from './member-facts.js';
import { Members } from './members.js';
import { Restoration, type RestorationRefusal } from './restoration.js';

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
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly restoration: Restoration,
  ) {}

  @Get()
  async show(
    @Param('id') id: string,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    return this.#page(id, person, visit);
  }

  @Post()
  async restore(
    @Param('id') id: string,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const restored = await this.restoration.restore(person, id, visit);
    if (!restored) throw new NotFoundException();
    if (!restored.ok) return this.#page(id, person, visit, restored.reason);
    return seeOther('/accounts', ACCOUNT_RESTORED);
  }

  async #page(
    id: string,
    person: SignedIn,
    { language }: Visit,
    refused?: RestorationRefusal,
  ): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (!member) throw new NotFoundException();
    const now = await databaseNow(this.em);
    const refusal = refused ?? this.restoration.obstacle(member, now) ?? null;
    const inWords = (moment: Date | null | undefined) => moment && momentInWords(moment, language);
    const model = {
      ...memberFacts(member),
      refusal,
      deletedAt: inWords(member.deletedAt) ?? null,
      deadline: inWords(member.restorableUntil) ?? null,
    };
    return page('accounts/members/restoration', '削除した担当者を元に戻す', model, {
      status: refusal ? STATUS[refusal] : 200,
    });
  }
}
