import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { CASE_OBSTACLES } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { about, notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { timeline, type Timeline } from '../../web/timeline.js';
import { memberFacts } from './member-facts.js';
import { Members } from './members.js';
import { Restoration, type RestorationRefusal } from './restoration.js';

const ACCOUNT_RESTORED = notice.success(
  say('{name} 様を元に戻しました。ご本人にメールでお知らせしています。'),
  say('登録内容を見る'),
);

const REFUSALS: Record<RestorationRefusal, Sentence> = {
  ...CASE_OBSTACLES,
  'state-changed': say(
    'この利用者は削除されていません。ほかの管理者が、すでに元に戻した可能性があります。',
  ),
  'too-late': say(
    '削除から30日を過ぎたため、元に戻せません。必要な場合は、利用者を新しく追加してください。',
  ),
};

@Controller('accounts/:id/restoration')
@AdministratorsOnly()
@FactorForPeople()
export class RestorationController {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly restoration: Restoration,
  ) {}

  @Get()
  show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(id, person);
  }

  @Post()
  async restore(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const restored = await this.restoration.restore(person, id);
    if (!restored.ok) return this.#page(id, person, restored.reason);
    const { name } = await this.members.find(person.corporationId, id);
    return seeOther('/accounts', about(ACCOUNT_RESTORED, { name, path: `/accounts/${id}` }));
  }

  async #page(id: string, person: SignedIn, refused?: RestorationRefusal): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    const now = await databaseNow(this.em);
    const refusal = refused ?? (await this.restoration.obstacle(person, member, now)) ?? null;
    const model = {
      ...memberFacts(member, person),
      refusal: refusal && REFUSALS[refusal],
      deletedAt: member.deletedAt,
      line: refusal ? null : restorationLine(member, now),
    };
    const refusedStatus = refusal === 'too-late' ? 410 : 409;
    return page('accounts/members/restoration', '削除した利用者を元に戻す', model, {
      status: refusal ? refusedStatus : 200,
    });
  }
}

function restorationLine({ deletedAt, restorableUntil }: Account, now: Date): Timeline {
  return timeline(now, [
    { label: say('削除した日時'), at: deletedAt! },
    { label: say('元に戻せる期限'), at: restorableUntil! },
  ]);
}
