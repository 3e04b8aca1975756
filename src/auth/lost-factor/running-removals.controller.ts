import { Body, Controller, Get, Post } from '@nestjs/common';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { timeline } from '../../web/timeline.js';
import { isUuid } from '../../web/uuid.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';
import { Me } from '../sessions/me.js';
import type { SignedIn } from '../sessions/sessions.js';
import { RemovalObjections } from './removal-objections.js';

const STOPPED = notice.success(
  say('異議を申し立てました。2段階認証の解除の手続きは停止し、担当窓口にもお知らせしています。'),
);
const OVER = notice.info(say('この手続きは、すでに終わっています。'));
const DECIDED = notice.warning(
  say('担当窓口が確認したお手続きのため、ここからは止められません。担当窓口までご連絡ください。'),
);
const REFUSED = {
  'link-unknown': OVER,
  'state-changed': OVER,
  'removal-over': OVER,
  'desk-decides': DECIDED,
};

/** The removals that run in the own company, for everybody there who is no newcomer: the TOP page leads here. */
@Controller('lost-factor/running')
export class RunningRemovalsController {
  constructor(
    private readonly removals: FactorRemovals,
    private readonly objections: RemovalObjections,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const announced = await this.removals.announcedTo(person);
    const removals = announced.map(({ id, account, beganAt, endsAt, isFinal, address }) => ({
      id,
      person: account.name,
      address: address ?? '',
      isFinal,
      line: timeline(person.now, [
        { label: say('お手続きの開始'), at: beganAt! },
        { label: say('解除できる日時'), at: endsAt! },
      ]),
    }));
    return page('auth/lost-factor/running', say('2段階認証の解除の手続き'), { removals });
  }

  @Post()
  async object(@Body() { removalId }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (!isUuid(removalId)) return seeOther('/lost-factor/running', OVER);
    const stopped = await this.objections.bySignedIn(removalId, person);
    if (stopped.ok) return seeOther('/', STOPPED);
    return seeOther('/lost-factor/running', REFUSED[stopped.reason]);
  }
}
