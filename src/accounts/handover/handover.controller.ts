import { EntityManager } from '@mikro-orm/postgresql';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { before, databaseNow } from '../../database/clock.js';
import type { Account } from '../../identity/account.entity.js';
import { AdministratorsOnly, OpenToNewcomers } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { memberFacts, memberPath } from '../members/member-facts.js';
import { PeopleReviews } from './people-reviews.js';

const PEOPLE_REVIEWED = notice.success(say('アカウントの確認が済んだことを記録しました。'));
const REMINDERS = {
  'reminders-on': notice.success(
    say('4月と10月に、確認のお願いを管理者の方へメールでお送りします。'),
  ),
  'reminders-off': notice.success(say('確認のお願いのメールをお送りしない設定にしました。')),
};

const PAGE = '/accounts/handover';
const LONG_AWAY = { days: 180 };

/** 不要なアカウントの確認: people who have not been here for long, and the way to 削除. */
@Controller('accounts/handover')
@AdministratorsOnly()
export class HandoverController {
  constructor(
    private readonly em: EntityManager,
    private readonly reviews: PeopleReviews,
  ) {}

  @Get()
  @OpenToNewcomers()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const review = await this.reviews.find(person);
    const people = await this.reviews.others(person);
    const longAgo = before(await databaseNow(this.em), LONG_AWAY);
    return page('accounts/handover/handover', say('不要なアカウントの確認'), {
      people: people.map((each) => awayView(each, person, longAgo)),
      isNewcomer: person.isNewcomer,
      lastReview: review?.reviewedAt && {
        time: review.reviewedAt,
        reviewer: review.reviewedBy?.name,
      },
      reminders: review?.reminders ?? true,
    });
  }

  /** `act`: `reviewed`, `reminders-on` or `reminders-off`. */
  @Post()
  async act(@Body() { act }: FormBody, @Me() person: SignedIn): Promise<Answer> {
    if (act === 'reminders-on' || act === 'reminders-off') {
      await this.reviews.remind(person, act === 'reminders-on');
      return seeOther(PAGE, REMINDERS[act]);
    }
    await this.reviews.complete(person);
    return seeOther(PAGE, PEOPLE_REVIEWED);
  }
}

function awayView(away: Account, person: SignedIn, longAgo: Date): object {
  const { lastSignInAt } = away;
  return {
    ...memberFacts(away, person),
    path: memberPath(away, person),
    lastSignIn: lastSignInAt,
    isLongAway: lastSignInAt ? lastSignInAt < longAgo : false,
  };
}
