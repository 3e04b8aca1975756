import type { Page } from 'playwright-core';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import type { Applicant } from '../support/registration.js';
import { submits } from './wizard.js';

/**
 * Leads somebody to a page by plain HTTP, which takes a small part of what a browser takes, and then
 * shows the page in one. Fields are called by their names, which no language changes.
 */
export class Way {
  constructor(
    readonly person: Visitor,
    readonly page: Page,
  ) {}

  async opens(address: string): Promise<void> {
    await this.person.opens(address);
  }

  async submits(fields: Record<string, string> = {}): Promise<void> {
    await this.person.submits(fields);
  }

  async signsIn(loginId: string, password: string): Promise<void> {
    await this.opens('/login');
    await this.submits({ loginId, password });
  }

  /** Leads to the details when the numbers are right. */
  async entersNumbers({ corporateNumber, transferAccounts }: Corporation): Promise<void> {
    await this.opens('/initiate/numbers');
    await this.submits({ corporateNumber, transferAccountNumber: transferAccounts[0]! });
  }

  /** Leads to the confirmation. */
  async entersDetails(corporation: Corporation, entered: Applicant): Promise<void> {
    await this.entersNumbers(corporation);
    await this.submits({ ...entered, passwordConfirmation: entered.password });
  }

  /** Has the browser open this page, or where the way led to. @returns its status */
  async shows(address = this.person.page.url.href): Promise<number> {
    const { origin: url } = this.person;
    const cookies = [...this.person.jar.cookies].map(([name, { value, attributes }]) => ({
      name,
      value,
      url,
      httpOnly: attributes.includes('httponly'),
    }));
    await this.page.context().addCookies(cookies);
    return (await this.page.goto(address))!.status();
  }

  /** The same, and submits the page's form. @returns the status of the answer */
  async showsAnswer(fields: Record<string, string> = {}, address?: string): Promise<number> {
    await this.shows(address);
    return submits(this.page, fields);
  }
}
