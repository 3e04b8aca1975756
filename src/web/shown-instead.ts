import type { Page } from './answers.js';
import type { Notice } from './notices.js';

/** Thrown by a guard to show another page in place of the requested one. */
export class ShownInstead extends Error {
  constructor(readonly page: Page) {
    super(`${page.template} is shown instead`);
  }
}

/** Thrown by a guard to lead the visitor to another page, where `notice` is shown once. */
export class LedElsewhere extends Error {
  constructor(
    readonly location: string,
    readonly notice?: Notice,
  ) {
    super('The visitor is led elsewhere');
  }
}

/** Nobody is signed in: the visitor is led to the login page and from there to the page they wanted. */
export function signInRequired(wanted: string, notice?: Notice, login = '/login'): LedElsewhere {
  return new LedElsewhere(`${login}?next=${encodeURIComponent(wanted)}`, notice);
}
