import type { Notice } from './notices.js';
import { say, type Sentence } from './sentence.js';

export type Answer = Page | Redirect;

export class Page {
  constructor(
    readonly template: string,
    readonly title: Sentence,
    readonly model: Record<string, unknown>,
    readonly status: number,
    readonly retryAfter?: number,
    /** A piece of the page that is there, without a title of its own. */
    readonly isPiece = false,
    /** Shown on it; else the one that a redirect carried. */
    readonly notice?: Notice,
  ) {}
}

export class Redirect {
  constructor(
    readonly location: string,
    readonly notice?: Notice,
    /** The browser forgets our pages, because somebody else may use it next. */
    readonly clearsSite = false,
    /** It ends a sign-in, whose URL may be of a page that is not there, or not for this person. */
    readonly isArrival = false,
  ) {}
}

/**
 * A page by the name of its template. Its status is 422 where something is wrong with its form, else
 * 200, unless the handler says otherwise.
 */
export function page(
  template: string,
  title: string | Sentence,
  model: Record<string, unknown> = {},
  {
    status = isRefused(model) ? 422 : 200,
    retryAfter,
    isPiece = false,
    notice,
  }: Pick<Partial<Page>, 'status' | 'retryAfter' | 'isPiece' | 'notice'> = {},
): Page {
  const sentence = typeof title === 'string' ? say(title) : title;
  return new Page(template, sentence, model, status, retryAfter, isPiece, notice);
}

function isRefused({ form }: Record<string, unknown>): boolean {
  const { problems = [] } = (form ?? {}) as { problems?: readonly unknown[] };
  return problems.length > 0;
}

/** 303: after a success the browser fetches the next page; `notice` is shown there once. */
export function seeOther(
  location: string,
  notice?: Notice,
  { clearsSite }: { clearsSite?: boolean } = {},
): Redirect {
  return new Redirect(location, notice, clearsSite);
}

/** Behind a sign-in: the page that was wanted, or the TOP page where that one is refused or is none. */
export function arriveAt(location: string, notice?: Notice): Redirect {
  return new Redirect(location, notice, false, true);
}
