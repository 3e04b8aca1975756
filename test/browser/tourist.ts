import type { Page } from 'playwright-core';
import type { RunningApp } from '../support/app.js';
import { opens, submits } from './wizard.js';

const PASSWORD = 'kaede-1192-tsuki';
export const CHOSEN = { password: PASSWORD, passwordConfirmation: PASSWORD };

/** Somebody who takes the tour, and knows nothing but what its pages say. */
export class Tourist {
  constructor(
    private readonly page: Page,
    private readonly genkan: Pick<RunningApp, 'mailbox' | 'clock'>,
    /** Sees each page with a form that is sent, and the page that follows. */
    private readonly watches: () => Promise<void> = async () => undefined,
  ) {}

  /** By its button or link. All stops before it are ticked, and none behind it. */
  async starts(stop: number, done = stop - 1): Promise<void> {
    await opens(this.page, '/dev');
    expect(await this.page.locator('.gk-stop--done').count()).toBe(done);
    const card = this.page.locator(`#stop-${stop}`);
    if ((await card.locator('details[open]').count()) === 0) await card.locator('summary').click();
    await card.locator('.gk-stop__body .gk-button').click();
    await this.page.waitForURL((url) => url.pathname !== '/dev' || url.search !== '');
  }

  async submits(fields: Record<string, string> = {}): Promise<number> {
    await this.watches();
    const status = await submits(this.page, fields);
    await this.watches();
    return status;
  }

  /** By a button that many others stand beside; the next page is of no interest. */
  async posts(button: string): Promise<void> {
    await this.watches();
    const posted = this.page.waitForResponse((answer) => answer.request().method() === 'POST');
    await this.page.locator(button).first().click();
    expect((await posted).status()).toBe(303);
  }

  /** Signs in with the code that a stop shows, by its button or another one of the page. */
  async entersCode(stop: number, button?: string): Promise<void> {
    if (!button) await this.starts(stop);
    else {
      await opens(this.page, `/dev?stop=${stop}`);
      await this.page.getByRole('button', { name: button }).click();
    }
    await this.page.waitForURL(/\/login\/second-factor/);
    await this.#answersWithCode(stop);
  }

  async #answersWithCode(stop: number): Promise<void> {
    const question = this.page.url();
    await opens(this.page, `/dev?stop=${stop}`);
    const code = await this.page.locator(`#stop-${stop} .gk-enter code`).last().innerText();
    await opens(this.page, question);
    await this.submits({ code });
  }

  /** Beside the question that an act asks again: the code of the sign-in is used up. */
  async confirms(stop: number): Promise<void> {
    await this.genkan.clock.advance('30 seconds');
    const beside = await this.page.context().newPage();
    await opens(beside, `/dev?stop=${stop}`);
    const code = await beside.locator(`#stop-${stop} .gk-enter code`).last().innerText();
    await beside.close();
    await this.submits({ code });
  }

  /** As somebody of the desk, with the code that the stop shows. */
  async entersDesk(stop: number): Promise<void> {
    await this.starts(stop);
    await this.page.waitForURL(/\/desk\/login\/second-factor/);
    await this.#answersWithCode(stop);
  }

  /** The newest mail to somebody, by the button in it. */
  async opensMailTo(address: string, subject = ''): Promise<void> {
    await this.genkan.mailbox.everythingIsSent();
    await opens(this.page, `/dev/mailbox?to=${address}`);
    await this.page.locator('.gk-mails a', { hasText: subject }).first().click();
    await this.page.locator('.gk-letter a.button-label').click();
    await this.page.waitForURL((url) => !url.pathname.startsWith('/dev'));
  }

  /** Numbers, details, confirmation, and the mail. */
  async registers(numbers: Record<string, string>, loginId: string, email: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: '登録へ進む' }).click();
    await this.page.waitForURL(/\/numbers$/);
    await this.submits(numbers);
    await this.submits({ name: '山田 太郎', nameKana: 'ヤマダ', email, loginId, ...CHOSEN });
    await this.submits();
    await this.opensMailTo(email);
    await this.submits();
  }
}
