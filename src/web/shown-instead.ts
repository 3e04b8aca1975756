import type { Page } from './answers.js';

/** What a guard throws when another page takes the place of the one that was asked for. */
export class ShownInstead extends Error {
  constructor(readonly page: Page) {
    super(`${page.template} is shown instead`);
  }
}
