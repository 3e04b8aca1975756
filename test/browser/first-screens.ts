import type { Page } from 'playwright-core';

/** So many pixels of a telephone of 320 by 640, beyond which nobody has to scroll, also below the demo's banner. */
const FIRST_OF_SMALL = 640 - 84;

const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 320, height: FIRST_OF_SMALL },
];

/** Where the part ends, from the top of the page. */
async function endOf(page: Page, part: string): Promise<number> {
  const box = await page.locator(part).first().boundingBox();
  return Math.ceil(box!.y + box!.height);
}

/** Which of the parts do not end on the first screen. */
export async function outsideOf(page: Page, parts: string[]): Promise<object[]> {
  const outside: object[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    for (const part of parts) {
      const end = await endOf(page, part);
      if (end > screen.height) outside.push({ ...screen, part, end });
    }
  }
  return outside;
}
