import type { Page } from 'playwright-core';
import type { Config } from '../../src/config.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium, type PageOptions } from '../support/chromium.js';
import type { Corporation } from '../support/people.js';
import { applicant, type Applicant } from '../support/registration.js';
import { Way } from './way.js';

export interface Newcomer {
  corporation: Corporation;
  entered: Applicant;
}

/** The application and a browser for one spec file. Whatever the console complains about fails a test. */
export class Stage {
  genkan!: RunningApp;
  chromium!: Chromium;
  #newcomers = 0;
  #ways = 0;

  static forThisFile(overrides: Partial<Config> = {}): Stage {
    const stage = new Stage();
    beforeAll(async () => {
      stage.genkan = await startApp(overrides);
      stage.chromium = await Chromium.start(stage.genkan.url);
    });
    afterEach(() => {
      stage.chromium.leavePages();
      expect(stage.chromium.faults.splice(0)).toEqual([]);
    });
    afterAll(async () => {
      await stage.chromium.stop();
      await stage.genkan.stop();
    });
    return stage;
  }

  async newPage(options: PageOptions = {}, language = 'ja'): Promise<Page> {
    const page = await this.chromium.newPage(options);
    const url = this.genkan.url;
    await page.context().addCookies([{ name: 'language', value: language, url }]);
    return page;
  }

  /** Somebody whose browser only shows where the way led to; both come from one network. */
  async newWay(language: string): Promise<Way> {
    this.#ways += 1;
    const address = `198.18.${this.#ways}.10`;
    const person = this.genkan.visitor({ address });
    person.jar.cookies.set('language', { value: language, attributes: '' });
    const page = await this.newPage({}, language);
    await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': address });
    return new Way(person, page);
  }

  /** A company with a long name that nobody registered for yet, and somebody who will. */
  async newcomer(): Promise<Newcomer> {
    this.#newcomers += 1;
    const corporation = await this.genkan.people.corporationExists({
      corporateNumber: String(1_000_000 + this.#newcomers),
      name: '株式会社ながいなまえホールディングスジャパン東日本営業統括本部第二事業所',
    });
    return { corporation, entered: applicant(`sato-${this.#newcomers}`) };
  }
}
