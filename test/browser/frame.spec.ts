import type { Page } from 'playwright-core';
import { drafts, newCompany, OFFICE, signedIn, startsTrial } from '../support/ip-restriction.js';
import { findings } from './findings.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens } from './wizard.js';

const stage = Stage.forThisFile();

async function administrator(page: Page): Promise<void> {
  const { sato } = await newCompany(stage.genkan);
  await comesSignedIn(page, sato.loginId, sato.password);
}

const box = async (page: Page, selector: string) =>
  (await page.locator(selector).first().boundingBox())!;

const marked = (page: Page, within: string) =>
  page
    .locator(`${within} a[aria-current=page]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));

it.each([true, false])(
  'a phone has the menu in one line, which opens (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript, width: 390 });
    await administrator(page);
    await opens(page, '/accounts');
    const link = page.locator('.gk-nav').getByRole('link', { name: '操作の記録' });
    expect(await link.isVisible()).toBe(false);
    expect((await box(page, 'h1')).y).toBeLessThan(200);
    const fold = await box(page, '.gk-nav summary');
    await page.locator('.gk-nav summary', { hasText: 'メニュー' }).click();
    expect(await box(page, '.gk-nav summary')).toEqual(fold);
    expect((await box(page, '.gk-nav li:last-child a')).height).toBeGreaterThanOrEqual(44);
    await link.click();
    await page.locator('h1', { hasText: '操作の記録' }).waitFor();
    expect(await link.isVisible()).toBe(false);
    expect(await marked(page, '.gk-nav')).toEqual(['/log']);
  },
);

it('a desk shows the whole menu, and no fold', async () => {
  const page = await stage.newPage({ width: 1280 });
  await administrator(page);
  await opens(page, '/accounts');
  expect(await page.locator('.gk-nav summary').isVisible()).toBe(false);
  for (const link of await page.locator('.gk-nav a').all())
    expect(await link.isVisible()).toBe(true);
  expect(await findings(page)).toEqual([]);
});

it.each([true, false])(
  'marks the own pages behind the name (JavaScript: %s)',
  async (javaScript) => {
    const page = await stage.newPage({ javaScript, width: 1280 });
    await administrator(page);
    await opens(page, '/accounts');
    expect(await marked(page, '.gk-account')).toEqual([]);
    for (const [path, entry] of [
      ['/me', '/me'],
      ['/me/sign-ins', '/me/sign-ins'],
      ['/me/password', '/me'],
    ]) {
      await page.locator('.gk-account summary').click();
      const own = page.locator(`.gk-account a[href="${path}"]`);
      if (await own.count()) await own.click();
      else await opens(page, path!);
      await page.waitForURL((url) => url.pathname === path);
      await page.locator(`.gk-account a[aria-current]`).waitFor({ state: 'attached' });
      expect([path, await marked(page, '.gk-account')]).toEqual([path, [entry]]);
      expect(await marked(page, '.gk-nav')).toEqual([]);
      if (entry === path) await opens(page, path!);
    }
  },
);

it('begins all pages of people who are signed in at one edge', async () => {
  const page = await stage.newPage({ width: 1280 });
  await opens(page, '/password-reset');
  const ofStrangers = (await box(page, 'h1')).x;
  await administrator(page);
  const edges = new Map<string, number>();
  for (const path of ['/', '/accounts', '/accounts/new', '/security', '/ip-restriction/tickets'])
    await opens(page, path).then(async () => edges.set(path, (await box(page, 'h1')).x));
  const [edge] = edges.values();
  expect([...edges].filter(([, x]) => x !== edge)).toEqual([]);
  expect(ofStrangers).toBeGreaterThan(edge!);
});

it.each([1280, 390])(
  'a trial shows acts and people side by side, or acts first (%s px)',
  async (width) => {
    const { sato } = await newCompany(stage.genkan);
    const person = await signedIn(stage.genkan, sato, OFFICE);
    await drafts(person, '198.51.100.0/24,本社');
    await startsTrial(person);
    const page = await stage.newPage({ width });
    await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': OFFICE });
    await comesSignedIn(page, sato.loginId, sato.password);
    await opens(page, '/ip-restriction/trial');
    const [line, acts, people] = [
      await box(page, '.gk-timeline'),
      await box(page, '.gk-trial__acts'),
      await box(page, '.gk-trial__people'),
    ];
    expect(line.y + line.height).toBeLessThanOrEqual(Math.min(acts.y, people.y));
    if (width === 1280) {
      expect(acts.y).toBe(people.y);
      expect(acts.x).toBeGreaterThanOrEqual(people.x + people.width);
      expect(acts.x + acts.width).toBe(line.x + line.width);
    } else expect(acts.y + acts.height).toBeLessThanOrEqual(people.y);
    expect(await findings(page)).toEqual([]);
  },
);
