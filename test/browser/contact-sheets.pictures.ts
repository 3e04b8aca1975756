import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DemoData } from '../../src/demo/demo-data.js';
import { DEMO_PASSWORD } from '../../src/demo/demo-companies.js';
import { root } from '../../src/root.js';
import { AS_DEMO } from '../support/demo.js';
import { Stage } from './stage.js';
import { takesTour } from './tour-walk.js';
import { Tourist } from './tourist.js';
import { opens, signsIn, submits } from './wizard.js';

/** How a sheet shows pages: as wide as the window, cut at a height, in columns of a width. */
const SHEETS = [
  { width: 1280, height: 1000, columns: 8, column: 280 },
  { width: 390, height: 900, columns: 14, column: 150 },
];
const QUALITY = { page: 80, sheet: 56 };
const GAP = 12;
const DRAWING_MS = 120_000;

/** Of the README, each the first of its place that somebody sees. */
const README = new Map([
  ['/login', 'login'],
  ['/initiate/details', 'registration'],
  ['/password-reset/sent', 'recovery'],
  ['/', 'top'],
  ['/accounts', 'people'],
  ['/ip-restriction/confirmation', 'ip'],
  ['/me/second-factor/totp', 'second-factor'],
  ['/security', 'security'],
  ['/dev', 'demo'],
]);
/** The TOP page is an administrator's. */
const SHOWS = new Map([['/', 'text="ご登録の状況"']]);
const README_SIZE = { width: 1100, height: 860 };

interface Shot {
  place: string;
  title: string;
  /** By the width of the window. */
  pictures: Map<number, string>;
}

type Section = Map<string, Shot>;

const stage = Stage.forThisFile(AS_DEMO);
beforeAll(() => stage.genkan.app.get(DemoData).load());

/** Ids are one place. */
const placeOf = (url: string) => new URL(url).pathname.replace(/\/[^/]*\d[^/]*/g, '/…');

it('every page of the demo stands on two contact sheets', async () => {
  const page = await stage.newPage();
  const tour: Section = new Map();
  const sections = new Map<string, Section>([['The tour: behind forms, mails and codes', tour]]);
  const reach = async (name: string, from: string[], leaves: RegExp) => {
    const section: Section = new Map();
    await follows(page, from, leaves, section);
    sections.set(name, section);
  };

  await takesTour(page, new Tourist(page, stage.genkan, () => keeps(page, tour)));
  await reach('The demo', ['/dev', '/dev/mailbox', '/dev/mails'], /^\/(?!dev)|^\/dev\/mails\//);
  await page.context().clearCookies();
  await reach('Everybody', ['/login', '/help', '/contact'], /^\/(?:dev|desk)/);
  await signsIn(page, 'suzuki-demo', 'kaede-1192-tsuki');
  await reach('Staff', ['/'], /^\/(?:dev|desk|help)/);
  await page.context().clearCookies();
  await signsIn(page, 'tanaka-demo', DEMO_PASSWORD);
  await reach('Administrators', ['/'], /^\/(?:dev|desk|help)/);
  await entersDesk(page);
  await reach('The desk', ['/desk', '/desk/search?q=小川'], /^\/(?!desk)/);

  expect([...README.keys()]).toEqual([]);
  console.log([...sections].map(([name, { size }]) => `${name}: ${size}`).join('\n'));
  for (const sheet of SHEETS) {
    const file = join(root, `docs/pictures/sheet-now-${sheet.width}.jpg`);
    writeFileSync(file, await drawn(sections, sheet));
  }
}, 1_800_000);

/** As 田村, who leads the desk, with the code that the demo shows. */
async function entersDesk(page: Page): Promise<void> {
  await opens(page, '/dev');
  await page.getByRole('button', { name: '田村' }).click();
  await page.waitForURL(/second-factor/);
  const question = page.url();
  await opens(page, '/dev');
  const code = page.locator('.gk-cast__person', { hasText: 'tamura-desk' }).locator('code');
  const shown = await code.innerText();
  await opens(page, question);
  expect(await submits(page, { code: shown })).toBe(200);
}

/** Every page that links lead to, one of each kind. */
async function follows(
  page: Page,
  from: string[],
  leaves: RegExp,
  section: Section,
): Promise<void> {
  const waiting = from.map((path) => new URL(path, stage.genkan.url).href);
  const seen = new Set<string>();
  for (const url of waiting) {
    const place = placeOf(url);
    if (seen.has(place) || leaves.test(new URL(url).pathname) || !(await isPage(page, url)))
      continue;
    seen.add(place);
    await page.goto(url);
    await keeps(page, section);
    const links = page.locator('a[href]:not([download])');
    const found = await links.evaluateAll((all) =>
      all.map((each) => (each as HTMLAnchorElement).href),
    );
    waiting.push(...found.filter((href) => href.startsWith(stage.genkan.url)));
  }
}

async function isPage(page: Page, url: string): Promise<boolean> {
  const answer = await page.request.get(url);
  const { 'content-type': type = '', 'content-disposition': saved } = answer.headers();
  return type.startsWith('text/html') && saved === undefined;
}

async function keeps(page: Page, section: Section): Promise<void> {
  const place = placeOf(page.url());
  const title = (await page.title()).split(' | ')[0]!;
  const key = `${place} ${title}`;
  if (section.has(key)) return;
  const pictures = new Map<number, string>();
  const before = page.viewportSize()!;
  for (const { width, height } of SHEETS) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 0));
    const jpeg = await page.screenshot({ type: 'jpeg', quality: QUALITY.page });
    pictures.set(width, jpeg.toString('base64'));
  }
  await keepsForReadme(page, place);
  await page.setViewportSize(before);
  section.set(key, { place, title, pictures });
}

async function keepsForReadme(page: Page, place: string): Promise<void> {
  const name = README.get(place);
  if (!name || !(await page.locator(SHOWS.get(place) ?? 'main').isVisible())) return;
  README.delete(place);
  await page.setViewportSize(README_SIZE);
  await page.screenshot({ path: join(root, `docs/pictures/${name}.png`) });
}

async function drawn(
  sections: Map<string, Section>,
  { width, height, columns, column }: (typeof SHEETS)[number],
): Promise<Buffer> {
  const page = await stage.newPage({ width: columns * (column + GAP) + GAP });
  const blocks = [...sections].map(([name, section]) => {
    const shots = [...section.values()].map(
      ({ place, title, pictures }) => `<figure>
        <figcaption><b>${escaped(title)}</b><span>${escaped(place)}</span></figcaption>
        <img src="data:image/jpeg;base64,${pictures.get(width)}">
      </figure>`,
    );
    return `<h2>${name} (${section.size})</h2><div>${shots.join('')}</div>`;
  });
  await page.goto('about:blank');
  page.setDefaultTimeout(DRAWING_MS);
  await page.setContent(`<style>
    body { margin: ${GAP}px; background: #dfe3e8; font: 13px 'Noto Sans CJK JP', sans-serif; }
    h2 { margin: 16px 0 8px; font-size: 20px; }
    div { display: grid; grid-template-columns: repeat(${columns}, ${column}px); gap: ${GAP}px; }
    figure { margin: 0; }
    figcaption > * { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    img { width: 100%; aspect-ratio: ${width} / ${height}; border: 1px solid #99a; }
  </style>${blocks.join('')}`);
  const jpeg = { type: 'jpeg', quality: QUALITY.sheet, fullPage: true } as const;
  return page.screenshot(jpeg);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
