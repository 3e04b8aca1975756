import type { Page } from './answers.js';

/** Thrown by a guard to show another page in place of the requested one. */
export class ShownInstead extends Error {
  constructor(readonly page: Page) {
    super(`${page.template} is shown instead`);
  }
}
