import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ByLink, ParkedLink, type LinkPost } from '../mailed-links/parked-link.js';
import { refusedLink } from '../mailed-links/refused-links.js';
import { SuspicionReports } from '../mailed-links/suspicion-reports.js';
import { toldAccount } from '../mailed-links/told-account.js';
import { FactorClearing } from './factor-clearing.js';

const ACT = 'second-factor-report';
const REFUSED = 'auth/factor-report-refused';

/** お心当たりのない2段階認証. Mail scanners open links, so only the button on the page does anything. */
@Controller('second-factor-report')
@Public()
export class FactorReportController {
  readonly #link = new ParkedLink('second-factor-report', '/second-factor-report');

  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly reports: SuspicionReports,
    private readonly clearing: FactorClearing,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look(ACT, this.#link.tokenOf(visit));
    if (!looked.ok) return refusedLink(REFUSED, looked.reason);
    const title = say('お心当たりのない2段階認証');
    return page('auth/factor-report', title, {
      link: looked.link.id,
      about: await toldAccount(this.em, looked.link),
    });
  }

  @Post(['', ':token'])
  async report(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#link.keyOf(post);
    const opened = await this.links.look(ACT, token);
    if (!opened.ok) return refusedLink(REFUSED, opened.reason);
    if (this.#link.isOfAnother(post, opened.link))
      return this.#link.unsent(await this.show(post.visit), post.body);
    const reported = await this.reports.report(ACT, token, post.visit, async (account) => {
      await this.em.populate(account, ['corporation']);
      await this.clearing.clearAndTell(account, true);
    });
    if (!reported.ok) return refusedLink(REFUSED, reported.reason);
    if (post.mailed) this.#link.park(post.mailed, post.visit);
    return seeOther('/second-factor-report/completed');
  }

  @Get('completed')
  async completed(@Visitor() visit: Visit): Promise<Answer> {
    const { link } = await this.links.look(ACT, this.#link.tokenOf(visit));
    const about = link?.usedAt ? await toldAccount(this.em, link) : null;
    return page('auth/factor-report-completed', say('2段階認証を解除しました'), { about });
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}
