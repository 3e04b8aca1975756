import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { refusedLink } from '../../../auth/refused-links.js';
import { Tickets } from '../../../auth/tickets.js';
import { Config } from '../../../config.js';
import { Public } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { Cookie } from '../../../web/cookies.js';
import { say } from '../../../web/sentence.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { SignInReports } from './sign-in-reports.js';

const HOUR = 60 * 60 * 1000;
const REFUSED = 'own/sign-in-report-refused';

/** 身に覚えがない場合. Mail scanners open links, so only the button on the page does anything. */
@Controller('sign-in-report')
@Public()
export class SignInReportController {
  readonly #link: Cookie;

  constructor(
    config: Config,
    private readonly tickets: Tickets,
    private readonly reports: SignInReports,
  ) {
    this.#link = new Cookie('sign-in-report', config);
  }

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const ticket = await this.tickets.look('sign-in-report', this.#link.read(visit.cookies));
    if (!ticket.ok) return refusedLink(REFUSED, ticket.reason);
    return page('own/sign-in-report', say('身に覚えのないログイン'));
  }

  @Post()
  report(@Visitor() visit: Visit, @Res({ passthrough: true }) response: Response): Promise<Answer> {
    return this.#report(this.#link.read(visit.cookies), visit, response);
  }

  @Get('completed')
  completed(): Answer {
    return page('own/sign-in-report-completed', say('すべてのログインを終了しました'));
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Answer {
    if (!/^[\w-]{1,100}$/.test(token)) return refusedLink(REFUSED, 'ticket-unknown');
    this.#link.set(response, token, HOUR);
    return seeOther('/sign-in-report');
  }

  @Post(':token')
  reportDirectly(
    @Param('token') token: string,
    @Visitor() visit: Visit,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    return this.#report(token, visit, response);
  }

  async #report(token: string | undefined, visit: Visit, response: Response): Promise<Answer> {
    const reported = await this.reports.report(token, visit);
    if (!reported.ok) return refusedLink(REFUSED, reported.reason);
    this.#link.clear(response);
    return seeOther('/sign-in-report/completed');
  }
}
