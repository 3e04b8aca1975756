import { Controller, Get, Param, Post } from '@nestjs/common';
import { CASE_OBSTACLES, isCaseObstacle } from '../../admin-enrollment/case-rules.js';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, FactorForPeople } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { about, notice } from '../../web/notices.js';
import { say, type Sentence } from '../../web/sentence.js';
import { memberFacts } from '../members/member-facts.js';
import { Members } from '../members/members.js';
import { MemberFactor, type TakeOffRefusal } from './member-factor.js';

const TAKEN_OFF = notice.success(
  say(
    '{name} 様の2段階認証を解除し、すべての端末からログアウトさせました。ご本人とほかの管理者の方にメールでお知らせしています。',
  ),
);

const REFUSALS: Record<TakeOffRefusal, Sentence> = {
  ...CASE_OBSTACLES,
  'own-account': say('ご自分の2段階認証は、「自分の情報とパスワード」で解除できます。'),
  'second-factor-needed': say(
    'ほかの方の2段階認証を解除できるのは、ご自分の2段階認証を設定している管理者の方だけです。先に、ご自分の2段階認証を設定してください。',
  ),
  'state-changed': say('この方には、2段階認証が設定されていません。'),
};

/** 2段階認証の解除, for somebody who cannot enter a code any more. */
@Controller('accounts/:id/second-factor')
@AdministratorsOnly()
export class MemberFactorController {
  constructor(
    private readonly members: Members,
    private readonly factor: MemberFactor,
  ) {}

  @Get()
  show(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    return this.#page(id, person);
  }

  @Post()
  @FactorForPeople()
  async takeOff(@Param('id') id: string, @Me() person: SignedIn): Promise<Answer> {
    const taken = await this.factor.takeOff(person, id);
    if (!taken.ok) return this.#page(id, person, taken.reason);
    const { name } = await this.members.find(person.corporationId, id);
    return seeOther(`/accounts/${id}`, about(TAKEN_OFF, { name }));
  }

  /** 409 without a button when it is not possible. */
  async #page(id: string, person: SignedIn, refused?: TakeOffRefusal): Promise<Answer> {
    const member = await this.members.find(person.corporationId, id);
    const refusal = refused ?? (await this.factor.obstacle(person, member));
    const model = {
      ...memberFacts(member, person),
      refusal: refusal ? REFUSALS[refusal] : null,
      isInCase: refusal !== undefined && isCaseObstacle(refusal),
      setsUpOwn: refusal === 'second-factor-needed',
    };
    const title = say('2段階認証の解除');
    return page('accounts/changes/factor', title, model, { status: refusal ? 409 : 200 });
  }
}
