import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { ROLES } from '../../identity/role.js';
import { AdministratorsOnly } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { PeopleReviews, type AwayPerson } from './people-reviews.js';

const PEOPLE_REVIEWED = notice(
  'people-reviewed',
  'success',
  'アカウントの確認が済んだことを記録しました。',
);
const REMINDERS = {
  'reminders-on': notice(
    'reminders-on',
    'success',
    '4月と10月に、確認のお願いを管理者の方へメールでお送りします。',
  ),
  'reminders-off': notice(
    'reminders-off',
    'success',
    '確認のお願いのメールをお送りしない設定にしました。',
  ),
};

const PAGE = '/accounts/handover';
/** 不要なアカウントの確認: who has not been here for long leads to 削除. */
@Controller('accounts/handover')
@AdministratorsOnly()
export class HandoverController {
  constructor(private readonly reviews: PeopleReviews) {}

  @Get()
  async show(@Me() person: SignedIn, @Visitor() visit: Visit): Promise<Answer> {
    const { language } = visit;
    const { reviewedAt, reviewer, reminders } = await this.reviews.find(person);
    const away = await this.reviews.away(person);
    return page('accounts/handover/handover', say('不要なアカウントの確認'), {
      people: away.map((each) => awayView(each, language)),
      lastReview: reviewedAt && { time: momentInWords(reviewedAt, language), reviewer },
      reminders,
    });
  }

  /** `act`: `reviewed`, `reminders-on` or `reminders-off`. */
  @Post()
  async act(
    @Body() { act }: FormBody,
    @Me() person: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    if (act === 'reminders-on' || act === 'reminders-off') {
      await this.reviews.remind(person, act === 'reminders-on', visit);
      return seeOther(PAGE, REMINDERS[act]);
    }
    await this.reviews.complete(person, visit);
    return seeOther(PAGE, PEOPLE_REVIEWED);
  }
}

function awayView({ role, lastSignInAt, ...person }: AwayPerson, language: Language): object {
  const lastSignIn = lastSignInAt && momentInWords(lastSignInAt, language);
  return { ...person, role: ROLES[role], lastSignIn };
}
