import { Controller, Get } from '@nestjs/common';
import { Config } from '../../config.js';
import { Me } from '../../auth/sessions/me.js';
import { probationLine } from '../../auth/sessions/probation-line.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { FEW_CODES, RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { FactorRemovals } from '../../auth/second-factor/factor-removals.js';
import { Members } from '../members/members.js';
import { MailAdvices, type MailAdvice } from '../../mail/mail-advice.js';
import { page, type Answer } from '../../web/answers.js';
import { say, type Sentence } from '../../web/sentence.js';
import { AdministratorNews } from './administrator-news.js';
import { OperatorNews } from './operator-news.js';
import { MOST, Overviews } from './overviews.js';

@Controller()
export class TopController {
  constructor(
    private readonly overviews: Overviews,
    private readonly administratorNews: AdministratorNews,
    private readonly operatorNews: OperatorNews,
    private readonly mailAdvices: MailAdvices,
    private readonly members: Members,
    private readonly config: Config,
    private readonly removals: FactorRemovals,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get()
  async show(@Me() person: SignedIn): Promise<Answer> {
    const { name, previousSignInAt: time, previousSignInAddress: address, failuresBefore } = person;
    return page('accounts/top', 'TOPページ', {
      name,
      lastSignIn: time && { time, address },
      failuresBefore,
      factorDueAt: person.factorDueAt,
      fewCodes: await this.#fewCodes(person),
      removals: await this.#removals(person),
      cancelledAt: await this.#cancelledAt(person),
      mail: person.hasBouncedMail ? await this.#mailOf(person) : null,
      probation: probationLine(person, this.config),
      applications: this.operatorNews.applicationsFor(person, person.visit.language),
      notices: this.operatorNews.noticesFor(person, person.visit.language, person.now),
      overview: person.role === 'administrator' ? await this.#overview(person) : null,
    });
  }

  /** How many recovery codes are left, where they run out. */
  async #fewCodes({ accountId, hasFactor }: SignedIn): Promise<{ left: number } | null> {
    if (!hasFactor) return null;
    const { left } = await this.recoveryCodes.sheet({ account: accountId });
    return left <= FEW_CODES ? { left } : null;
  }

  async #cancelledAt({ accountId, hasFactor, now }: SignedIn): Promise<Date | undefined> {
    return hasFactor ? this.removals.cancelledAt(accountId, now) : undefined;
  }

  /** Told to everybody: whoever knows better may object. */
  async #removals({ corporationId }: SignedIn): Promise<Sentence[]> {
    const announced = await this.removals.announcedIn(corporationId);
    return announced.map(({ account: { name }, endsAt }) =>
      say(
        '{name} 様の2段階認証を解除するお手続きが進んでいます（{time}に解除できるようになります）。お心当たりがない場合は、異議を申し立てられます。',
        { name, time: endsAt! },
      ),
    );
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
