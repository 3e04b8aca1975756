import type { RequestHandler } from 'express';
import { page } from './answers.js';
import { ownPath } from './own-path.js';
import { say } from './sentence.js';
import { ShownInstead } from './shown-instead.js';
import type { VisitedRequest } from './visit.js';

const MARK = 'cookies';
const BASE = 'http://localhost';

/** Marks where a redirect leads that gave a browser its first cookies. */
export function onTrial(location: string): string {
  const url = new URL(BASE + ownPath(location));
  url.searchParams.set(MARK, 'set');
  return url.pathname + url.search;
}

/**
 * A browser that keeps cookies brings them back to the marked URL, and is led on to the plain one;
 * one that brings none is told so, in place of a page that knows nothing of the step before.
 */
export const keptCookies: RequestHandler = (request, response, next) => {
  const { visit, query, method, originalUrl } = request as VisitedRequest;
  if (method === 'POST' || query[MARK] === undefined) return next();
  if (visit.cookies.isEmpty) return next(new ShownInstead(refusedCookies()));
  const url = new URL(BASE + ownPath(originalUrl));
  url.searchParams.delete(MARK);
  response.setHeader('Cache-Control', 'no-store');
  response.redirect(303, ownPath(url.pathname + url.search));
};

function refusedCookies() {
  const title = say('Cookieが使えないため、先へ進めません');
  return page('web/cookies-refused', title, {}, { status: 400 });
}
