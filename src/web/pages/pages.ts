import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { MINUTE_MS } from '../../durations.js';
import { page, type Page, type Redirect } from '../answers.js';
import { Cookie } from '../cookies.js';
import { CarriedNotices } from '../carried-notices.js';
import { onTrial } from '../cookie-trial.js';
import { isSecret, type FormBody } from '../forms/forms.js';
import type { Notice } from '../notices.js';
import type { LedElsewhere } from '../shown-instead.js';
import type { Visit, VisitedRequest } from '../visit.js';
import { BlankPage } from './blank-page.js';
import { PageRenderer } from './page-renderer.js';

/** The type of every page. */
export const HTML = 'text/html; charset=utf-8';

const NOTICE_LASTS_MS = MINUTE_MS;

/** A fragment is wanted by HTMX alone, and not when it restores a page that Back led to. */
export function wantsFragment(headers: IncomingHttpHeaders): boolean {
  return (
    headers['hx-request'] === 'true' &&
    headers['hx-request-type'] === 'partial' &&
    headers['hx-history-restore-request'] === undefined
  );
}

/** Answers as HTTP, for browsers with and without HTMX; nothing else knows HTMX's headers. */
@Injectable()
export class Pages {
  readonly #notice = new Cookie('notice', NOTICE_LASTS_MS);
  readonly #arrival = new Cookie('arrival', NOTICE_LASTS_MS);
  readonly #blank = new Map<string, BlankPage>();

  constructor(
    private readonly renderer: PageRenderer,
    private readonly notices: CarriedNotices,
  ) {}

  /** The page with its status; the notice that waited for it is shown and forgotten. */
  show(shown: Page, request: VisitedRequest, response: Response): string {
    const { visit, originalUrl } = request;
    const carried = this.noticeWaiting(visit);
    if (this.isNoticeWaiting(visit) && !shown.isPiece) this.#notice.clear(visit);
    if (this.isArriving(visit) && !shown.isPiece) this.#arrival.clear(visit);
    setHead(shown, visit, response);
    if (shown.status >= 400) visit.errorTitle = shown.title.text;
    const emptied = shown.status < 400 ? [] : secretsIn(request);
    return this.renderer.render(shown, visit, originalUrl, shown.notice ?? carried, emptied);
  }

  isNoticeWaiting(visit: Visit): boolean {
    return this.#notice.read(visit) !== undefined;
  }

  /** What a redirect carried to the page that is asked for. */
  noticeWaiting(visit: Visit): Notice | undefined {
    const waiting = this.#notice.read(visit);
    return waiting === undefined ? undefined : this.notices.read(waiting);
  }

  /** Somebody who has just signed in is on the way to the page that was wanted. */
  isArriving(visit: Visit): boolean {
    return this.#arrival.read(visit) !== undefined;
  }

  /**
   * A page without notices and one-time forms that is the same for everybody, but for texts that each
   * visit has of its own: drawn once for each language.
   * @param path where it is shown
   * @param texts the HTML for each blank that stands in the model or the path
   */
  showFilled(
    shown: Page,
    path: string,
    texts: ReadonlyMap<string, string>,
    visit: Visit,
    response: Response,
  ): string {
    setHead(shown, visit, response);
    const { language, partial } = visit;
    const key = JSON.stringify([shown.template, shown.model, path, language, partial]);
    const before = this.#blank.get(key);
    if (before) return before.filled(texts);
    const drawn = this.renderer.render(shown, { ...visit, person: undefined }, path, undefined, []);
    const made = new BlankPage(drawn, texts.keys());
    this.#blank.set(key, made);
    return made.filled(texts);
  }

  /** A form that HTMX sent stays as it was typed; the error appears above it. */
  showError(error: Page, request: VisitedRequest, response: Response): string {
    if (!request.visit.partial || request.method !== 'POST')
      return this.show(error, request, response);
    return this.show(this.aboveForm(error, response), request, response);
  }

  /** What is put above a form that stays, in place of a page with this error. */
  aboveForm(error: Page, response: Response): Page {
    response.setHeader('HX-Retarget', '#main');
    response.setHeader('HX-Reswap', 'afterbegin');
    return page('web/error-alert', error.title, error.model, { ...error, isPiece: true });
  }

  redirect(
    { location, notice, clearsSite, isArrival }: Redirect,
    { visit }: VisitedRequest,
    response: Response,
  ): string {
    if (notice) this.#notice.set(visit, this.notices.write(notice));
    if (isArrival) this.#arrival.set(visit, 'yes');
    else if (this.isArriving(visit)) this.#arrival.clear(visit);
    // Other cookies stay: the known browser and the language are no part of the session.
    if (clearsSite) {
      response.setHeader('Clear-Site-Data', '"cache", "storage"');
      Cookie.endShowing(visit);
    }
    const next = visit.cookies.isUntried ? onTrial(location) : location;
    neverKept(response.status(303)).setHeader('Location', next);
    return '';
  }

  /** Leads to another whole page; a fragment request would put the redirect's page into the old one. */
  leave({ location, notice }: LedElsewhere, { visit }: VisitedRequest, response: Response): string {
    if (notice) this.#notice.set(visit, this.notices.write(notice));
    if (visit.partial) neverKept(response.status(401)).setHeader('HX-Redirect', location);
    else neverKept(response.status(303)).setHeader('Location', location);
    return '';
  }
}

/** Filled in, and empty in the page that answers. */
function secretsIn({ body }: { body?: FormBody }): string[] {
  return Object.entries(body ?? {}).flatMap(([name, value]) =>
    value !== '' && isSecret(name) ? [name] : [],
  );
}

function setHead({ status, retryAfter }: Page, visit: Visit, response: Response): void {
  neverKept(response.status(status));
  response.setHeader('Content-Type', HTML);
  // Behind a corrected form, Back shows the refused one again (decision 111).
  if (status === 422 && Cookie.opensNothing(visit))
    response.setHeader('Cache-Control', 'private, no-cache');
  // The address of a form that was refused stays the one that a reload can fetch again.
  if (status >= 400 && visit.partial) response.setHeader('HX-Push-Url', 'false');
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
}

function neverKept(response: Response): Response {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Vary', 'HX-Request, HX-Request-Type, HX-History-Restore-Request');
  return response;
}
