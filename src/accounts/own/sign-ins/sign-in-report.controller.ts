import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { MailedLinks } from '../../../auth/mailed-links/mailed-links.js';
import { ByLink, ParkedLink, type LinkPost } from '../../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../../auth/mailed-links/refused-links.js';
import { SuspicionReports } from '../../../auth/mailed-links/suspicion-reports.js';
import { toldAccount } from '../../../auth/mailed-links/told-account.js';
import { AccountAccess } from '../../../auth/sign-in/account-access.js';
import { TakesTurns } from '../../../limits/strangers-turns.js';
import { RecoveryRequests } from '../../../password-reset/recovery-requests.js';
import { Public } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { say } from '../../../web/sentence.js';
import { Visitor, type Visit } from '../../../web/visit.js';

const ACT = 'sign-in-report';
const REFUSED = 'own/sign-in-report-refused';

/** お心当たりがない場合. Mail scanners open links, so only the button on the page does anything. */
@Controller('sign-in-report')
@Public()
export class SignInReportController {
  readonly #link = new ParkedLink('sign-in-report', '/sign-in-report');

  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly reports: SuspicionReports,
    private readonly access: AccountAccess,
    private readonly recoveries: RecoveryRequests,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look(ACT, this.#link.tokenOf(visit));
    if (!looked.ok) return refusedLink(REFUSED, looked.reason);
    return page('own/sign-in-report', say('お心当たりのないログイン'), {
      link: looked.link.id,
      about: await toldAccount(this.em, looked.link),
    });
  }

  /** Ends all sign-ins and recoveries, and sends the mail that sets a new password. */
  @Post(['', ':token'])
  @TakesTurns('person')
  async report(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#link.keyOf(post);
    const opened = await this.links.look(ACT, token);
    if (!opened.ok) return refusedLink(REFUSED, opened.reason);
    if (this.#link.isOfAnother(post, opened.link))
      return this.#link.unsent(await this.show(post.visit), post.body);
    const reported = await this.reports.report(ACT, token, post.visit, async (account) => {
      await this.access.takeBack(account);
      await this.recoveries.accept(account.email, post.visit);
    });
    if (!reported.ok) return refusedLink(REFUSED, reported.reason);
    if (post.mailed) this.#link.park(post.mailed, post.visit);
    return seeOther('/sign-in-report/completed');
  }

  @Get('completed')
  async completed(@Visitor() visit: Visit): Promise<Answer> {
    const { link } = await this.links.look(ACT, this.#link.tokenOf(visit));
    const about = link?.usedAt ? await toldAccount(this.em, link) : null;
    return page('own/sign-in-report-completed', say('すべての端末からログアウトしました'), {
      about,
    });
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}
