import { AxeBuilder } from '@axe-core/playwright';
import type { CDPSession, Page } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** What is wrong with the page for its readers, one sentence each; nothing when it is fine. */
export async function findings(page: Page, language = 'ja'): Promise<string[]> {
  return [...(await page.evaluate(faultsOfShape, language)), ...(await barriers(page))];
}

/** On a desk and on a small telephone; and, once for all languages, in forced colours. */
export async function findingsEverywhere(page: Page, language: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await findings(page, language)));
  }
  if (language !== 'ja') return found;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  return [...found, ...(await findings(page, language))];
}

/** As `findings` on a page whose scripts do not run: axe is one, so they run while it looks. */
export async function findingsWithoutJavaScript(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await disableScripts(session, true);
  await disableScripts(session, false);
  const found = await findings(page);
  await disableScripts(session, true);
  return found;
}

/** Has violations of the Content-Security-Policy stand in the console, whatever the browser says. */
export async function reportViolations(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`The CSP's ${violatedDirective} blocked ${blockedURI}`),
    );
  });
}

function faultsOfShape(language: string): string[] {
  const { documentElement: root, title } = document;
  const count = (name: string) => root.querySelectorAll(name).length;
  const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
  const faults = {
    [`it is ${root.scrollWidth} px wide in a window of ${innerWidth}`]:
      root.scrollWidth > innerWidth,
    [`it has ${count('h1')} h1`]: count('h1') !== 1,
    [`it has ${count('main')} main`]: count('main') !== 1,
    [`its language is ${root.lang}`]: root.lang !== language,
    [`its title is "${title}"`]: !/\S \| \S/.test(title),
    [`an id stands twice among ${ids.join()}`]: new Set(ids).size !== ids.length,
    'an English page has a Japanese sentence':
      root.lang === 'en' && document.body.innerText.includes('。'),
  };
  return Object.keys(faults).filter((fault) => faults[fault]);
}

async function barriers(page: Page): Promise<string[]> {
  // In one go inside of the page: otherwise it opens another one, which needs JavaScript too.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    runOnly: WCAG_22_AA,
    resultTypes: ['violations'],
    preload: false,
  });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join(' ')}`),
  );
}

/** Chromium hears only changes, and a session of ours knows nothing of Playwright's. */
async function disableScripts(session: CDPSession, value: boolean): Promise<void> {
  await session.send('Emulation.setScriptExecutionDisabled', { value });
}
