import type { Page } from 'playwright-core';
import { AS_DEMO } from '../support/demo.js';
import { newCompany } from '../support/ip-restriction.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens } from './wizard.js';

const stage = Stage.forThisFile(AS_DEMO);

const SIGNED_IN = [
  '/',
  '/accounts',
  '/accounts/new',
  '/accounts/invitations/import',
  '/accounts/handover',
  '/ip-restriction',
  '/ip-restriction/draft',
  '/log',
  '/security',
  '/me',
  '/me/password',
  '/me/sign-ins',
  '/me/sessions',
  '/contact',
  '/help',
  '/help/guide-recovery',
  '/dev',
  '/dev/mails',
];
const ANYBODY = [
  '/login',
  '/initiate/numbers',
  '/password-reset',
  '/admin-enrollment',
  '/desk/login',
];

/** What is wider than the window, and texts whose lines have no room for three letters. */
const squeezed = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    const found = scrollWidth > innerWidth ? [`${scrollWidth} px wide`] : [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      const { fontSize } = getComputedStyle(text.parentElement!);
      const letter = Number.parseFloat(fontSize);
      const range = document.createRange();
      range.selectNodeContents(text);
      const { width, height } = range.getBoundingClientRect();
      const isHidden = text.parentElement!.closest('.gk-visually-hidden, option, thead');
      if (text.data.trim().length > 3 && !isHidden && width > 0)
        if (width < letter * 2.2 && height > letter * 3) found.push(text.data.trim());
    }
    return found;
  });

/** As somebody whose browser shows all letters in twice their size. */
async function readsLarge(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}

it.each([390, 320])(
  'letters of twice the size fit on a telephone of %i px, and no value stands letter by letter',
  async (width) => {
    const { sato } = await newCompany(stage.genkan);
    const page = await stage.newPage({ javaScript: false, width });
    await readsLarge(page);
    const found: [string, string[]][] = [];
    const looksAt = async (path: string) => {
      await opens(page, path);
      found.push([path, await squeezed(page)]);
    };
    for (const path of ANYBODY) await looksAt(path);
    await comesSignedIn(page, sato.loginId, sato.password);
    for (const path of SIGNED_IN) await looksAt(path);
    expect(found.filter(([, faults]) => faults.length > 0)).toEqual([]);
  },
);
