import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { accessOf } from '../../../web/access.js';
import type { Banner } from '../../../web/banner.js';
import { notice } from '../../../web/notices.js';
import { say } from '../../../web/sentence.js';
import { LedElsewhere } from '../../../web/shown-instead.js';
import type { VisitedRequest } from '../../../web/visit.js';
import { signedInOf } from '../../sessions/me.js';

const SET_UP = '/me/second-factor';

const BANNER: Banner = {
  left: say('2段階認証の設定が必要です'),
  sentence: say('設定が済むと、ほかのページも開けるようになります。'),
  next: null,
  onlyOpen: ['/help'],
};

const NOT_DONE = notice.warning(
  say(
    '先に2段階認証の設定が必要なため、送信した内容は受け付けていません。設定が済んだら、もう一度操作してください。',
  ),
);

/**
 * Leads people to the set-up of their second factor when the day is over until which their company
 * or the operator asks for one: nothing else is open to them until then but what is public. The day
 * is compared for each request, so sessions that were open before are led there too.
 */
@Injectable()
export class FactorSetUpGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { visit, method } = context.switchToHttp().getRequest<VisitedRequest>();
    const person = signedInOf(visit);
    if (!person?.mustSetUpFactor) return true;
    // Refused addresses have their own page, and the guard before this one leaves little else open.
    if (!person.isAdmitted && !person.isEmergency && !person.enrolsOnly) return true;
    visit.banner = BANNER;
    const { isPublic, setsUpFactor } = accessOf(context);
    if (isPublic || setsUpFactor) return true;
    throw new LedElsewhere(SET_UP, method === 'POST' ? NOT_DONE : undefined);
  }
}
