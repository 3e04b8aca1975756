import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { guidePictures, type GuidePicture } from '../../src/help/guide-pictures.js';
import { guides } from '../../src/help/guides.js';
import { root } from '../../src/root.js';
import { PICTURE, pictureOf } from './guide-picture.js';
import { guideScreens } from './guide-screens.js';
import { Stage } from './stage.js';

// `npm run pictures` makes them anew; any other run holds them against the pages of today.
const MAKES = process.env.GENKAN_PICTURES === '1';
/** So high that all of a page is seen. */
const WINDOW = { width: PICTURE.width, height: 2500 };
const LANGUAGES = ['ja', 'en'];
const NOTES = join(root, 'test/browser/guide-pictures.json');
const noted = existsSync(NOTES)
  ? (JSON.parse(readFileSync(NOTES, 'utf8')) as Record<string, string>)
  : {};

const stage = Stage.forThisFile();

it('each picture is of a step', () => {
  const shown = new Set(guides.flatMap(({ steps }) => steps.map(({ picture }) => picture)));
  expect(Object.keys(guidePictures).sort()).toEqual([...shown].sort());
});

it.each(Object.keys(guideScreens) as GuidePicture[])(
  'the picture %s shows the page of today in both languages',
  async (name) => {
    const { reach, act, from = 'main', checks } = guideScreens[name];
    const way = await stage.newWay('ja');
    const address = (await reach(stage, way)) ?? undefined;
    for (const language of LANGUAGES) {
      way.person.jar.cookies.set('language', { value: language, attributes: '' });
      await way.page.setViewportSize(WINDOW);
      expect(await way.shows(address)).toBe(200);
      if (checks) {
        await way.page.setViewportSize(PICTURE);
        await way.page.locator(checks).check();
      }
      expect(await way.page.locator(act).first().isVisible()).toBe(true);
      const key = `${language}-${name}`;
      const file = join(root, `static/guide-${key}.webp`);
      const print = await printOf(way.page);
      if (MAKES) {
        writeFileSync(file, await pictureOf(way.page, from, act));
        noted[key] = print;
        writeFileSync(NOTES, `${JSON.stringify(noted, undefined, 2)}\n`);
      }
      expect([key, existsSync(file), noted[key]]).toEqual([key, true, print]);
    }
  },
);

/** Of what people read on it, without what differs each time. */
async function printOf(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  const day = /\([日月火水木金土]\)|\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*\b/g;
  const month = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b/g;
  const lasting = text
    .replace(day, '')
    .replace(month, '')
    .replace(/[\da-f]{4,}(?:-[\da-f]{4,})*|\d+/g, '');
  return createHash('sha256').update(lasting).digest('base64url').slice(0, 16);
}
