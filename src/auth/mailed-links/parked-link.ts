import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { HOUR_MS } from '../../durations.js';
import { seeOther, type Answer, type Redirect } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import type { FormBody } from '../../web/forms/forms.js';
import { notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import { unsentPage } from '../../web/forms/unsent-page.js';
import type { Visit, VisitedRequest } from '../../web/visit.js';

const KEY = /^[\w-]{1,100}$/;
const MALFORMED = '-';

const OTHER_LINK = notice.warning(
  say(
    '別のタブで、あとからほかのURLを開いたため、その内容を表示しています。操作はまだ行っていません。先ほどの内容を操作する場合は、メールのURLをもう一度開いてください。',
  ),
);

/** A post by the page of a link, which names the link that it shows, or by the mailed link itself. */
export interface LinkPost {
  mailed: string | undefined;
  body: FormBody;
  visit: Visit;
}

export const ByLink = createParamDecorator((_: unknown, context: ExecutionContext): LinkPost => {
  const request = context.switchToHttp().getRequest<VisitedRequest & { body: FormBody }>();
  const { params, body, visit } = request;
  return { mailed: params.token as string | undefined, body, visit };
});

/**
 * The browser's side of a mailed link. Opening it only moves its key out of the URL into a cookie,
 * because mail scanners open links and URLs last; the page behind it shows the purpose, and its form
 * acts. The key stays there after it was used, so that Back leads to a page that says so.
 */
export class ParkedLink {
  readonly #cookie: Cookie;

  /** @param name of the cookie @param path of the page behind the link */
  constructor(
    name: string,
    readonly path: string,
  ) {
    this.#cookie = Cookie.opener(name, HOUR_MS);
  }

  park(token: string, visit: Visit): Redirect {
    // A malformed key opens nothing, and the page says so.
    this.#cookie.set(visit, KEY.test(token) ? token : MALFORMED);
    return seeOther(this.path);
  }

  tokenOf(visit: Visit): string | undefined {
    return this.#cookie.read(visit);
  }

  keyOf({ mailed, visit }: LinkPost): string | undefined {
    return mailed ?? this.tokenOf(visit);
  }

  /** True for a post by the page of another link; the mailed link itself is shown by no page. */
  isOfAnother({ mailed, body }: LinkPost, link: { id: string }): boolean {
    return !mailed && !isShown(link, body);
  }

  /** The answer to it. @param now the page of the link that is parked now */
  unsent(now: Answer, body: FormBody): Answer {
    return unsentPage(now, body, OTHER_LINK);
  }
}

/**
 * True when the form (hidden field `link`) was filled on the page of this link. If another tab has
 * parked another link since, nothing is done (`ParkedLink.unsent`).
 */
export function isShown(link: { id: string }, body: FormBody): boolean {
  return body.link === link.id;
}
