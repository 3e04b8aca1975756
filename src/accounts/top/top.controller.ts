import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get } from '@nestjs/common';
import { Config } from '../../config.js';
import { Me } from '../../auth/sessions/me.js';
import { probationOf } from '../../auth/sessions/probation-line.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { Members } from '../members/members.js';
import { MailAdvices, type MailAdvice } from '../../mail/mail-advice.js';
import { page, type Answer } from '../../web/answers.js';
import { AdministratorNews } from './administrator-news.js';
import { FactorNews } from './factor-news.js';
import { OperatorNews } from './operator-news.js';
import { MOST, Overviews } from './overviews.js';

@Controller()
export class TopController {
  constructor(
    private readonly em: EntityManager,
    private readonly overviews: Overviews,
    private readonly administratorNews: AdministratorNews,
    private readonly operatorNews: OperatorNews,
    private readonly mailAdvices: MailAdvices,
    private readonly members: Members,
    private readonly config: Config,
    private readonly factorNews: FactorNews,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { name, previousSignInAt: time, previousSignInAddress: address, failuresBefore } = person;
    const factorNews = await this.factorNews.of(person);
    const mail = person.hasBouncedMail ? await this.#mailOf(person) : null;
    const overview = person.role === 'administrator' ? await this.#overview(person) : null;
    const { removals, fewCodes } = factorNews;
    const asksAbove = person.factorDueAt ?? fewCodes ?? mail ?? removals[0];
    return page('accounts/top', 'TOPページ', {
      name,
      lastSignIn: time && { time, address },
      failuresBefore,
      factorDueAt: person.factorDueAt,
      ...factorNews,
      mail,
      probation: await probationOf(this.em, person, this.config),
      applications: this.operatorNews.applicationsFor(person, person.visit.language),
      notices: this.operatorNews.noticesFor(person, person.visit.language, person.now),
      overview,
      hasTasks: overview !== null && (overview.tasks.length > 0 || !asksAbove),
    });
  }

  async #mailOf({ corporationId, accountId }: SignedIn): Promise<MailAdvice | null> {
    const { email } = await this.members.find(corporationId, accountId);
    return this.mailAdvices.of(email);
  }

  async #overview(person: SignedIn) {
    const { isThereNews, ...overview } = await this.overviews.of(person);
    return {
      ...overview,
      most: MOST,
      hasMost: overview.people === MOST,
      news: isThereNews ? await this.administratorNews.of(person) : [],
    };
  }
}
