import {
  Catch,
  HttpException,
  Logger,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import { codeOf, isUnavailable } from '../../database/faults.js';
import { page, seeOther, type Page } from '../answers.js';
import { ClientUnknown } from '../client-unknown.js';
import { FileTooLarge } from '../file-too-large.js';
import { ownPath } from '../own-path.js';
import { say } from '../sentence.js';
import { TooManyInHand } from '../too-many-in-hand.js';
import { LedElsewhere, ShownInstead } from '../shown-instead.js';
import type { Visit, VisitedRequest } from '../visit.js';
import { Pages } from './pages.js';
import { countUnavailable } from './unavailable-count.js';
import { minutesOf } from '../wait.js';

const titles: Record<number | string, ReturnType<typeof say>> = {
  'client-unknown': say('接続元を確認できませんでした'),
  400: say('送信された内容を読み取れませんでした'),
  403: say('この操作は行えません'),
  404: say('ページが見つかりません'),
  405: say('この操作は行えません'),
  'in-hand': say('前のファイルが終わっていません'),
  413: say('送信された内容が大きすぎます'),
  'file-too-large': say('ファイルが大きすぎます'),
  415: say('送信された内容を読み取れませんでした'),
  429: say('しばらく待ってから、もう一度お試しください'),
  500: say('システムで問題が起きました'),
  503: say('ただいま混み合っています'),
};

const UNREADABLE_URL = say('URLを読み取れませんでした');

const RETRY_AFTER = 5;
const NOT_THERE = new Set([400, 403, 404, 405]);

/** What a page with this status is called. @param isSent a form was, else a page was opened */
export function titleOfError(status: number | string, isSent: boolean): ReturnType<typeof say> {
  if (status === 400 && !isSent) return UNREADABLE_URL;
  return titles[status] ?? titles[400]!;
}

/** Every exception ends here as a page with the problem, the way on and the request's number. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  readonly #log = new Logger('Errors');

  constructor(private readonly pages: Pages) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<VisitedRequest>();
    const response = http.getResponse<Response>();
    const { visit } = request;
    if (error instanceof ShownInstead)
      return void response.end(this.pages.show(error.page, request, response));
    if (error instanceof LedElsewhere)
      return void response.end(this.pages.leave(error, request, response));
    if (this.#isNoArrival(error, request))
      return void response.end(this.pages.redirect(seeOther(homeOf(visit)), request, response));
    const answer = errorPage(error, retryAfterOf(error, response), request);
    if (answer.status === 500) this.#log.error(error, `request ${visit.requestId}`);
    if (answer.status === 503) countUnavailable(error);
    if (answer.status === 503 || error instanceof ClientUnknown) visit.fault = wordsOf(error);
    if (response.headersSent || visit.isGone()) return void response.end();
    if (answer.status === 405) response.setHeader('Allow', 'GET, HEAD, POST');
    response.end(this.pages.showError(answer, request, response));
  }

  /** A sign-in led to a page that is not there, or not for this person; nobody chose it just now. */
  #isNoArrival(error: unknown, { method, visit }: VisitedRequest): boolean {
    return method === 'GET' && NOT_THERE.has(statusOf(error)) && this.pages.isArriving(visit);
  }
}

function homeOf({ desk }: Visit): string {
  return desk ? '/desk' : '/';
}

function errorPage(error: unknown, retryAfter: number | undefined, request: VisitedRequest): Page {
  const status = statusOf(error);
  const known = kindOf(error, status);
  const { requestId } = request.visit;
  const back = { isSent: request.method !== 'GET', path: ownPath(request.originalUrl) };
  const shown = { requestId, time: new Date(), minutes: minutesOf(retryAfter ?? 0) };
  const { fileName = '', kilobytes = 0 } = error instanceof FileTooLarge ? error : {};
  const model = { status: known, fileName, kilobytes, ...shown, ...back };
  const title = titleOfError(known, back.isSent);
  return page('web/error', title, model, { status, ...(retryAfter && { retryAfter }) });
}

/** The same for a path that no route takes, around the texts that are a visit's own. */
export function unknownPage(own: OwnTexts): Page {
  return errorAround(own, 404, { isSent: false });
}

/** The same for a form that finds no room. */
export function busyPage(own: OwnTexts): Page {
  return errorAround(own, 503, { isSent: true, retryAfter: RETRY_AFTER });
}

interface OwnTexts {
  requestId: string;
  time: string;
  path: string;
}

function errorAround(
  own: OwnTexts,
  status: number,
  { isSent, retryAfter }: { isSent: boolean; retryAfter?: number },
): Page {
  const nothing = { fileName: '', kilobytes: 0, minutes: 0 };
  const model = { status, isSent, ...nothing, ...own };
  return page('web/error', titleOfError(status, isSent), model, {
    status,
    ...(retryAfter && { retryAfter }),
  });
}

function kindOf(error: unknown, status: number): number | string {
  if (error instanceof ClientUnknown) return 'client-unknown';
  if (error instanceof TooManyInHand) return 'in-hand';
  if (error instanceof FileTooLarge) return 'file-too-large';
  return titles[status] ? status : 400;
}

/** The driver's own words; never the statement, which may hold what people typed. */
function wordsOf(error: unknown): string {
  const { message } = error as Error;
  return [codeOf(error), message].filter(Boolean).join(' ');
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return isUnavailable(error) ? 503 : 500;
}

function retryAfterOf(error: unknown, response: Response): number | undefined {
  if (statusOf(error) !== 503 && statusOf(error) !== 429) return undefined;
  const set = response.getHeader('Retry-After');
  return set === undefined ? RETRY_AFTER : Number(set);
}
