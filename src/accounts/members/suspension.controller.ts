import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { AdministratorsOnly, FactorForPeople, OpenToNewcomers } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { about, notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { memberFacts } from './member-facts.js';
import { Members } from './members.js';
import { Suspension, type SuspensionRefusal } from './suspension.js';

const ACCOUNT_SUSPENDED = notice.success(
  say('{name} 様の利用を停止しました。ご本人にメールでお知らせしています。'),
  say('利用を再開する'),
);
const ACCOUNT_RELEASED = notice.success(
  say('{name} 様の利用を再開しました。ご本人にメールでお知らせしています。'),
  say('利用を停止する'),
);

const REFUSALS: Record<SuspensionRefusal, Sentence> = {
  ...CASE_OBSTACLES,
  'own-account': say(
    'ご自分のアカウントの利用は停止できません。必要な場合は、ほかの管理者にご依頼ください。',
  ),
  'last-administrator': say(
    'ログインできる管理者がいなくなるため、停止できません。先に、ほかの利用者を管理者にしてください。',
  ),
  'desk-decides': say(
    '異議申し立てがあったため、この方の利用を再開するかどうかは、担当窓口が双方のお話を伺って判断します。',
  ),
  'frozen-by-desk': say(
    '担当窓口が利用を停止しているため、ここからは再開できません。ご利用の再開については、担当窓口までご連絡ください。',
  ),
  'state-changed': say(
    'アカウントの状態が変わっているため、この操作は行えません。別のタブか、ほかの管理者の方が先に操作した可能性があります。現在の状態をご確認ください。',
  ),
};

interface Refused {
  act: 'suspend' | 'release';
  reason: SuspensionRefusal;
}

/** 利用停止: keeps a person out for a while, and lets them in again. */
@Controller('accounts/:id/suspension')
@AdministratorsOnly()
@OpenToNewcomers('suspend')
@FactorForPeople()
export class SuspensionController {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly suspension: Suspension,
  ) {}

  @Get()
  show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(id, person);
  }

  @Post()
  async change(
    @Param('id') id: string,
    @Body() body: FormBody,
    @Me() person: SignedIn,
  ): Promise<Answer> {
    const act = body.act === 'release' ? 'release' : 'suspend';
    const changed = await this.suspension.change(act, person, id);
    if (!changed.ok) return this.#page(id, person, { act, reason: changed.reason });
    const { name } = await this.members.find(person.corporationId, id);
    const path = `/accounts/${id}/suspension`;
    if (act === 'release') return seeOther('/accounts', about(ACCOUNT_RELEASED, { name, path }));
    // A newcomer cannot take it back.
    const wayBack = !person.isNewcomer && { path };
    return seeOther('/accounts', about(ACCOUNT_SUSPENDED, { name, ...wayBack }));
  }

  /** 409 without a button when neither is possible, or when it was not. */
  async #page(id: string, person: SignedIn, refused?: Refused): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    if (person.isNewcomer && ['suspended', 'deleted'].includes(member.state))
      return this.#wayBackPage(member, person);
    const act = refused?.act ?? (member.state === 'suspended' ? 'release' : 'suspend');
    const refusal =
      refused?.reason ?? (await this.suspension.obstacle(act, person, member)) ?? null;
    const model = {
      ...memberFacts(member, person),
      state: member.shownState,
      act,
      back: person.isNewcomer ? null : `/accounts/${id}`,
      refusal: refusal && REFUSALS[refusal],
      asksDesk: refusal === 'frozen-by-desk' || refusal === 'desk-decides',
      isInCase: refusal !== null && act === 'suspend' && isCaseObstacle(refusal),
    };
    const title = say(act === 'release' ? 'アカウントの利用再開' : 'アカウントの利用停止');
    return page('accounts/members/suspension', title, model, { status: refusal ? 409 : 200 });
  }

  /** A newcomer brings nobody back: the page says who does, and until when. */
  async #wayBackPage(member: Account, person: SignedIn): Promise<Answer> {
    const deadline = member.isRestorable(await databaseNow(this.em)) && member.restorableUntil;
    const wayBack = member.state === 'deleted' ? 'restoration' : 'release';
    const model = { ...memberFacts(member, person), state: member.shownState, wayBack, deadline };
    return page('accounts/members/way-back', '利用者の状態', model);
  }
}
