import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { deskPersonExists, signsInAtDesk, type DeskPerson } from './desk.js';

/** Why the desk acts, where the story does not say. */
export const WHY = 'お電話でご本人を確認しました';

/** 中井 of the desk with a caller on the telephone. */
export class Clerk {
  private constructor(
    readonly browser: Visitor,
    private readonly nakai: DeskPerson,
  ) {}

  static async sitsDown(running: RunningApp): Promise<Clerk> {
    const browser = running.visitor();
    const nakai = await deskPersonExists(running, { loginId: 'nakai', name: '中井' });
    await signsInAtDesk(browser, nakai);
    return new Clerk(browser, nakai);
  }

  get page() {
    return this.browser.page;
  }

  /** The factor once more, which stays fresh for five minutes. */
  async confirms(): Promise<void> {
    await this.browser.opens('/desk/confirmation');
    await this.givesCode();
  }

  /** In front of the question for it. */
  async givesCode(): Promise<void> {
    this.browser.fills('確認コード', await this.nakai.app.nextCode());
    await this.browser.presses('操作を続ける');
  }

  async searches(text: string): Promise<void> {
    await this.browser.opens('/desk');
    this.browser.fills('法人番号・名前・ID・メールアドレスなど', text);
    await this.browser.presses('検索');
  }

  /** From the search to the page of whom it finds. */
  async finds(text: string, ...links: string[]): Promise<void> {
    await this.searches(text);
    for (const link of links) await this.browser.follows(link);
  }

  /** The check that stops the person. */
  get verdict(): string {
    return this.page.content('.gk-diagnosis__verdict').text.trim();
  }

  /** What to say on the telephone. */
  get sentence(): string {
    return this.page.content('.gk-diagnosis__sentence').text.trim();
  }

  /** The act that the page proposes, from its button to its end. */
  async helps(act: string): Promise<void> {
    await this.browser.follows(act, 'ご本人を確認してお伝えください');
    await this.acts(act);
  }

  /** On the page of an act. */
  async acts(act: string, why = WHY): Promise<void> {
    this.browser.fills('理由', why);
    await this.browser.presses(act);
  }
}
