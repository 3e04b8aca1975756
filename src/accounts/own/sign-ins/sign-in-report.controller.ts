import { Controller, Get, Param, Post } from '@nestjs/common';
import { refusedLink } from '../../../auth/refused-links.js';
import { Tickets } from '../../../auth/tickets.js';
import { HOUR_MS } from '../../../durations.js';
import { Public } from '../../../web/access.js';
import { page, seeOther, type Answer } from '../../../web/answers.js';
import { Cookie } from '../../../web/cookies.js';
import { say } from '../../../web/sentence.js';
import { Visitor, type Visit } from '../../../web/visit.js';
import { SignInReports } from './sign-in-reports.js';

const REFUSED = 'own/sign-in-report-refused';

/** 身に覚えがない場合. Mail scanners open links, so only the button on the page does anything. */
@Controller('sign-in-report')
@Public()
export class SignInReportController {
  readonly #link = new Cookie('sign-in-report', HOUR_MS);

  constructor(
    private readonly tickets: Tickets,
    private readonly reports: SignInReports,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const ticket = await this.tickets.look('sign-in-report', this.#link.read(visit));
    if (!ticket.ok) return refusedLink(REFUSED, ticket.reason);
    return page('own/sign-in-report', say('身に覚えのないログイン'));
  }

  @Post()
  report(@Visitor() visit: Visit): Promise<Answer> {
    return this.#report(this.#link.read(visit), visit);
  }

  @Get('completed')
  completed(): Answer {
    return page('own/sign-in-report-completed', say('すべてのログインを終了しました'));
  }

  /** The key leaves the URL at once. */
  @Get(':token')
  keep(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    if (!/^[\w-]{1,100}$/.test(token)) return refusedLink(REFUSED, 'link-unknown');
    this.#link.set(visit, token);
    return seeOther('/sign-in-report');
  }

  @Post(':token')
  reportDirectly(@Param('token') token: string, @Visitor() visit: Visit): Promise<Answer> {
    return this.#report(token, visit);
  }

  async #report(token: string | undefined, visit: Visit): Promise<Answer> {
    const reported = await this.reports.report(token, visit);
    if (!reported.ok) return refusedLink(REFUSED, reported.reason);
    this.#link.clear(visit);
    return seeOther('/sign-in-report/completed');
  }
}
