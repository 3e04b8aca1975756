import type { Locator, Page } from 'playwright-core';

/** How somebody works with a page: everything is called by its visible name. */
export interface Hands {
  follows(link: string): Promise<void>;
  fills(label: string, text: string): Promise<void>;
  presses(button: string): Promise<void>;
  opens(details: string): Promise<void>;
}

export class Pointer implements Hands {
  constructor(private readonly page: Page) {}

  async follows(link: string): Promise<void> {
    await linkOf(this.page, link).click();
  }

  async fills(label: string, text: string): Promise<void> {
    await fieldOf(this.page, label).fill(text);
  }

  async presses(button: string): Promise<void> {
    await buttonOf(this.page, button).click();
  }

  async opens(details: string): Promise<void> {
    await summaryOf(this.page, details).click();
  }
}

const FARTHEST = 60;

/** Tab, Shift+Tab, Enter and Space; whatever has the focus on the way must be seen to have it. */
export class Keyboard implements Hands {
  constructor(private readonly page: Page) {}

  async follows(link: string): Promise<void> {
    await this.#goTo(linkOf(this.page, link));
    await this.page.keyboard.press('Enter');
  }

  /** Text as an input method enters it, in place of what was there. */
  async fills(label: string, text: string): Promise<void> {
    await this.#goTo(fieldOf(this.page, label));
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  async presses(button: string): Promise<void> {
    await this.#goTo(buttonOf(this.page, button));
    await this.page.keyboard.press('Space');
  }

  async opens(details: string): Promise<void> {
    await this.#goTo(summaryOf(this.page, details));
    await this.page.keyboard.press('Space');
  }

  /** A page that has just come takes the focus to its heading, a moment after it can be seen. */
  async #stays(target: Locator): Promise<boolean> {
    for (let looks = 0; looks < 3; looks += 1)
      if ((await target.evaluate(whereFromFocus)) !== 'here') return false;
    return true;
  }

  async #goTo(target: Locator): Promise<void> {
    for (let stops = 0; stops < FARTHEST; stops += 1) {
      const where = await target.evaluate(whereFromFocus);
      if (where === 'here' && (await this.#stays(target))) return;
      if (where === 'here') continue;
      await this.page.keyboard.press(where === 'before' ? 'Shift+Tab' : 'Tab');
      const hidden = await this.page.evaluate(hiddenFocus);
      if (hidden) throw new Error(`On ${this.page.url()} the focus is not seen at ${hidden}`);
    }
    throw new Error(`On ${this.page.url()} the keyboard does not lead to ${String(target)}`);
  }
}

export function linkOf(page: Page, name: string): Locator {
  return page.getByRole('link', { name, exact: true });
}

export function buttonOf(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** By its label without the mark that says whether it must be filled. */
export function fieldOf(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^${label}(?: ※必須| 任意)?$`));
}

function summaryOf(page: Page, name: string): Locator {
  return page.locator('summary', { hasText: name });
}

function whereFromFocus(target: Element): 'here' | 'before' | 'behind' {
  const focused = document.activeElement ?? document.body;
  if (focused === target) return 'here';
  const position = focused.compareDocumentPosition(target);
  return position & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'behind';
}

/** What has the focus without a ring of 2 px or more around it, or outside of the window. */
function hiddenFocus(): string | undefined {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return undefined;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { top, bottom, left, right } = focused.getBoundingClientRect();
  const isRinged = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const isInside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return isRinged && isInside ? undefined : focused.outerHTML;
}
