import type { Page } from './answers.js';

/** Thrown by a guard to show another page in place of the requested one. */
export class ShownInstead extends Error {
  constructor(readonly page: Page) {
    super(`${page.template} is shown instead`);
  }
}

/** Nobody is signed in: the visitor is led to the login page and from there to the page they wanted. */
export class SignInRequired extends Error {
  constructor(readonly wanted: string) {
    super('Signing in is required');
  }

  get location(): string {
    return `/login?next=${encodeURIComponent(this.wanted)}`;
  }
}
