import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { MailedLinks } from '../../../auth/mailed-links/mailed-links.js';
import { isShown, ParkedLink } from '../../../auth/mailed-links/parked-link.js';
import { refusedLink } from '../../../auth/mailed-links/refused-links.js';
import { Public } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import type { FormBody } from '../../../web/forms/forms.js';
import { say } from '../../../web/sentence.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { SignInReports } from './sign-in-reports.js';

const REFUSED = 'own/sign-in-report-refused';

/** 身に覚えがない場合. Mail scanners open links, so only the button on the page does anything. */
@Controller('sign-in-report')
@Public()
export class SignInReportController {
  readonly #link = new ParkedLink('sign-in-report', '/sign-in-report');

  constructor(
    private readonly links: MailedLinks,
    private readonly reports: SignInReports,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.links.look('sign-in-report', this.#link.tokenOf(visit));
    if (!looked.ok) return refusedLink(REFUSED, looked.reason);
    return page('own/sign-in-report', say('身に覚えのないログイン'), { link: looked.link.id });
  }

  /** By the page, which posts the link that it shows, or by the link itself. */
  @Post(['', ':token'])
  async report(
    @Param('token') mailed: string | undefined,
    @Body() body: FormBody,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const token = mailed ?? this.#link.tokenOf(visit);
    const opened = await this.links.look('sign-in-report', token);
    if (!mailed && opened.ok && !isShown(opened.link, body)) return seeOther(this.#link.path);
    const reported = await this.reports.report(token, visit);
    if (!reported.ok) return refusedLink(REFUSED, reported.reason);
    this.#link.forget(visit);
    return seeOther('/sign-in-report/completed');
  }

  @Get('completed')
  completed(): Answer {
    return page('own/sign-in-report-completed', say('すべてのログインを終了しました'));
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}
