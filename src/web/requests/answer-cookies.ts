import { createHmac } from 'node:crypto';
import { openIfPossible, Seal } from '../../seal.js';
import type { CookieChange } from '../cookies.js';
import type { FormRequest } from '../forms/repeated-fields.js';
import type { VisitedRequest } from '../visit.js';

/**
 * The cookies of the answer to a form, for the answer to its repetition: browsers throw the first one
 * away. The key that seals them follows from all that the request brought, its cookies too, and is
 * stored nowhere: only the same browser, with the same form, gets them.
 */
export class AnswerCookies {
  constructor(
    private readonly key: Buffer,
    private readonly request: FormRequest & VisitedRequest,
  ) {}

  /**
   * The same for all that one browser sends with the same cookies, or from one address without any: a
   * telephone that lost an answer often comes back from another network.
   */
  get visitMark(): string {
    const { headers, visit } = this.request;
    const visitor = [headers.cookie ?? visit.client, headers['user-agent'] ?? ''];
    return this.#digest(['visit', ...visitor]).toString('base64url');
  }

  /** An empty text where the answer changes none. */
  sealed(): string {
    const { changes } = this.request.visit.cookies;
    return changes.length > 0 ? this.#seal.seal(changes).toString('base64url') : '';
  }

  /** @returns false where there are none for this request */
  repeat(sealed: string): boolean {
    const bytes = Buffer.from(sealed, 'base64url');
    const changes = openIfPossible<CookieChange[]>(this.#seal, bytes);
    if (changes) this.request.visit.cookies.repeat(changes);
    return changes !== undefined;
  }

  get #seal(): Seal {
    const { path, body, lists, answers } = this.request;
    return new Seal([this.#digest(['cookies', path, body, lists, answers, this.visitMark])]);
  }

  #digest(of: unknown[]): Buffer {
    return createHmac('sha256', this.key).update(JSON.stringify(of)).digest();
  }
}
