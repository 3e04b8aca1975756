import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CDPSession, Page } from 'playwright-core';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const COLOURS = ['color-contrast', 'link-in-text-block'];
const { resolve } = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const AXE = JSON.stringify(readFileSync(resolve('axe-core/axe.min.js'), 'utf8'));
const LOAD_KEPT_AXE = `(0, eval)(localStorage.getItem('axe')), 'axe' in window`;
const KEEP_AXE = `localStorage.setItem('axe', ${AXE}), ${LOAD_KEPT_AXE}`;

/** One for each tab, which many documents pass. */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

interface Axe {
  run(context: Document, options: object): Promise<{ violations: Violation[] }>;
}

interface Violation {
  id: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/** What is wrong with the page for its readers, one sentence each; nothing when it is fine. */
export async function findings(page: Page, language = 'ja'): Promise<string[]> {
  return [...(await page.evaluate(faultsOfShape, language)), ...(await barriers(page))];
}

/**
 * On a small telephone and on a desk; once for all languages in the dark, which has all rules but
 * its colours in common with the light, and with the colours that are forced.
 */
export async function findingsEverywhere(page: Page, language: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  const found = await page.evaluate(faultsOfShape, language);
  await page.setViewportSize({ width: 320, height: 800 });
  found.push(...(await findings(page, language)));
  if (language !== 'ja') return found;
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await barriers(page)));
  const forced = { forcedColors: 'active', reducedMotion: 'reduce' } as const;
  // In the dark, axe takes letters for those of the page: it reads their fill, which is not forced.
  await page.emulateMedia({ ...forced, colorScheme: 'light' });
  return [...found, ...(await barriers(page, COLOURS))];
}

/**
 * As `findings` on a page whose scripts do not run, on a desk and on a small telephone, as which it
 * stays. Axe is a script, so they run while it looks.
 */
export async function findingsWithoutJavaScript(page: Page): Promise<string[]> {
  const session = await sessionOf(page);
  await disableScripts(session, true);
  await disableScripts(session, false);
  const found: string[] = [];
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await findings(page)));
  }
  await disableScripts(session, true);
  return found;
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

/**
 * To load axe takes many times as long as to run it, so it is loaded once for each document. Its
 * builder for Playwright loads it twice each time, and leaves a timer running.
 */
export async function barriers(page: Page, rules = WCAG_22_AA): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await loadAxe(page);
  return page.evaluate(async (runOnly) => {
    const options = { runOnly, resultTypes: ['violations'], preload: false };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join(' ')}`),
    );
  }, rules);
}

/**
 * To send the half megabyte takes three times as long as to run it, so it is sent once for each
 * browser's cookies and storage. Playwright's own way sends and reads it twice for each document.
 */
async function loadAxe(page: Page): Promise<void> {
  const session = await sessionOf(page);
  for (const expression of [LOAD_KEPT_AXE, KEEP_AXE]) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (result.value === true) return;
  }
  throw new Error(`The accessibility checker cannot be loaded on ${page.url()}`);
}

function sessionOf(page: Page): Promise<CDPSession> {
  const opened = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opened);
  return opened;
}

/** Chromium hears only changes, and a session of ours knows nothing of Playwright's. */
async function disableScripts(session: CDPSession, value: boolean): Promise<void> {
  await session.send('Emulation.setScriptExecutionDisabled', { value });
}
