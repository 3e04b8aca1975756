import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { guidePictures, type GuidePicture } from '../../src/help/guide-pictures.js';
import { guides } from '../../src/help/guides.js';
import { root } from '../../src/root.js';
import type { Corporation } from '../support/people.js';
import { applicant, entersDetails, registers, type Applicant } from '../support/registration.js';
import { drafts, OFFICE, startsTrial } from '../support/ip-restriction.js';
import { asks, newLink, NEW_PASSWORD } from '../support/recovery.js';
import { entersNumbers } from '../support/succession.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

// `npm run pictures` makes them anew; any other run holds them against the pages of today.
const MAKES = process.env.GENKAN_PICTURES === '1';
const SIZE = { width: 390, height: 480 };
/** So high that all of a page is seen. */
const WINDOW = { width: SIZE.width, height: 2500 };
const LANGUAGES = ['ja', 'en'];
const NOTES = join(root, 'test/browser/guide-pictures.json');
const noted = existsSync(NOTES)
  ? (JSON.parse(readFileSync(NOTES, 'utf8')) as Record<string, string>)
  : {};

const stage = Stage.forThisFile();
let companies = 0;

async function company(): Promise<Corporation> {
  companies += 1;
  return stage.genkan.people.corporationExists({
    corporateNumber: String(2_000_000 + companies),
    name: '株式会社みなと製作所',
  });
}

function person(): Applicant {
  return applicant(`suzuki-${companies}`, {
    name: '鈴木 一郎',
    nameKana: 'スズキ イチロウ',
    email: 'suzuki@minato.example',
  });
}

async function administrator() {
  const corporation = await company();
  const member = (name: string, nameKana: string, loginId: string) => ({
    corporation,
    name,
    nameKana,
    loginId: `${loginId}-${companies}`,
  });
  const { people } = stage.genkan;
  const sato = await people.administratorExists(member('佐藤 花子', 'サトウ ハナコ', 'sato'));
  await people.administratorExists(member('阿部 誠', 'アベ マコト', 'abe'));
  await people.staffExists(member('森 由美', 'モリ ユミ', 'mori'));
  return sato;
}

async function signedIn(way: Way): Promise<void> {
  const { loginId, password } = await administrator();
  await way.signsIn(loginId, password);
}

/** An administrator in the office, with a draft that admits it. */
async function drafted(way: Way): Promise<void> {
  way.person.movesTo(OFFICE);
  await way.page.context().setExtraHTTPHeaders({ 'x-forwarded-for': OFFICE });
  await signedIn(way);
  await drafts(way.person, '198.51.100.0/24,本社');
}

async function mailed(email: string): Promise<string> {
  const { mailbox } = stage.genkan;
  return mailbox.linkIn(await mailbox.mailTo(email));
}

interface Screen {
  /** Leads there by plain HTTP. @returns its address, unless the way ended there */
  reach: (way: Way) => Promise<string | void>;
  /** What the step is about, which the picture frames. */
  act: string;
  /** Where the picture begins, when that is not the top of the page. */
  from?: string;
  /** What is checked before the picture is taken; what then sticks to the edge of the window is in it. */
  checks?: string;
}

const SUBMIT = 'main form button[type=submit]';
const goesTo = (address: string) => async () => address;

async function numbersBehindLink(way: Way): Promise<void> {
  const { corporation, email } = await administrator();
  await way.opens(await newLink(stage.genkan, email));
  const { corporateNumber, transferAccounts } = corporation;
  await way.submits({ corporateNumber, transferAccountNumber: transferAccounts[0]! });
}

/** Up to the confirmation of the person who comes after 佐藤. */
async function confirmsSuccession(way: Way): Promise<void> {
  const { corporation } = await administrator();
  await entersNumbers(way.person, corporation);
  await entersDetails(way.person, person());
}

const SCREENS: Record<GuidePicture, Screen> = {
  'login-registration': { reach: goesTo('/login'), act: 'main a[href="/initiate"]' },
  'login-recovery': { reach: goesTo('/login'), act: 'main a[href="/password-reset"]' },
  'login-succession': { reach: goesTo('/login'), act: 'main a[href="/admin-enrollment"]' },
  login: { reach: goesTo('/login'), act: SUBMIT },
  'registration-numbers': { reach: goesTo('/initiate/numbers'), act: SUBMIT },
  'registration-confirmation': {
    reach: async (way) => way.entersDetails(await company(), person()),
    act: SUBMIT,
  },
  'registration-activation': {
    reach: async (way) => {
      await registers(way.person, await company(), person());
      return mailed(person().email);
    },
    act: SUBMIT,
  },
  'recovery-request': { reach: goesTo('/password-reset'), act: SUBMIT },
  'recovery-sent': {
    reach: (way) => asks(way.person, 'suzuki@minato.example'),
    act: 'main .gk-next',
  },
  'recovery-numbers': {
    reach: async () => newLink(stage.genkan, (await administrator()).email),
    act: SUBMIT,
  },
  'recovery-password': { reach: numbersBehindLink, act: SUBMIT },
  'recovery-confirmation': {
    reach: async (way) => {
      await numbersBehindLink(way);
      await way.submits({ password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD });
    },
    act: SUBMIT,
  },
  'succession-opening': {
    reach: goesTo('/admin-enrollment'),
    act: 'main a[href="/admin-enrollment/numbers"]',
  },
  'succession-numbers': { reach: goesTo('/admin-enrollment/numbers'), act: SUBMIT },
  'succession-confirmation': { reach: confirmsSuccession, act: SUBMIT },
  'succession-activation': {
    reach: async (way) => {
      await confirmsSuccession(way);
      await way.submits();
      return mailed(person().email);
    },
    act: SUBMIT,
  },
  top: {
    reach: async (way) => {
      await signedIn(way);
      return '/';
    },
    act: 'main a[href="/accounts"]',
  },
  'deletion-list': {
    reach: async (way) => {
      await signedIn(way);
      return '/accounts';
    },
    from: 'main tbody tr:last-child',
    checks: 'main tbody tr:last-child [type=checkbox]',
    act: 'main tbody tr:last-child [type=checkbox], main .gk-selection button',
  },
  'deletion-confirmation': {
    reach: async (way) => {
      await signedIn(way);
      await way.opens('/accounts');
      way.person.checks('森 由美');
      await way.person.presses('削除');
    },
    act: SUBMIT,
  },
  'ip-draft': {
    reach: async (way) => {
      await drafted(way);
      return '/ip-restriction/draft';
    },
    act: 'main button[value=add]',
  },
  'ip-check': {
    reach: async (way) => {
      await drafted(way);
      return '/ip-restriction/draft/check';
    },
    act: 'main a[href="/ip-restriction/trial"]',
  },
  'ip-trial': {
    reach: async (way) => {
      await drafted(way);
      return '/ip-restriction/trial';
    },
    act: 'main button[value=start]',
  },
  'ip-confirmation': {
    reach: async (way) => {
      await drafted(way);
      await startsTrial(way.person);
      return '/ip-restriction/trial';
    },
    act: 'main form[action="/ip-restriction/confirmation"] button',
  },
};

it('each picture is of a step', () => {
  const shown = new Set(guides.flatMap(({ steps }) => steps.map(({ picture }) => picture)));
  expect(Object.keys(guidePictures).sort()).toEqual([...shown].sort());
});

it.each(Object.keys(SCREENS) as GuidePicture[])(
  'the picture %s shows the page of today in both languages',
  async (name) => {
    const { reach, act, from = 'main', checks } = SCREENS[name];
    const way = await stage.newWay('ja');
    const address = (await reach(way)) ?? undefined;
    for (const language of LANGUAGES) {
      way.person.jar.cookies.set('language', { value: language, attributes: '' });
      await way.page.setViewportSize(WINDOW);
      expect(await way.shows(address)).toBe(200);
      if (checks) {
        await way.page.setViewportSize(SIZE);
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

/**
 * The top of the page, or of `from`, when the framed act is in it too; else the part that ends below
 * the act, under the title of the page.
 */
async function pictureOf(page: Page, from: string, act: string): Promise<Buffer> {
  const y = await page.evaluate(framed, { from, act, height: SIZE.height });
  const png = await page.screenshot({ clip: { x: 0, y, ...SIZE } });
  return Buffer.from(await page.evaluate(toWebp, png.toString('base64')), 'base64');
}

/** Runs in the page. @returns where the picture begins */
function framed(of: { from: string; act: string; height: number }): number {
  const TITLE = 44;
  const MARGIN = 12;
  const put = (style: Partial<CSSStyleDeclaration>, text = '') => {
    const box = document.createElement('div');
    Object.assign(box.style, { position: 'fixed', zIndex: '9', ...style });
    box.textContent = text;
    document.body.append(box);
  };
  // The browser of the tests has the English form of dates alone.
  for (const field of document.querySelectorAll<HTMLInputElement>('[type=date]'))
    field.type = 'text';
  const start = document.querySelector(of.from)!;
  scrollBy(0, start.getBoundingClientRect().top - TITLE - MARGIN);
  const found = [...document.querySelectorAll(of.act)];
  const acts = (of.act.includes(',') ? found : found.slice(0, 1)).map((each) =>
    each.getBoundingClientRect(),
  );
  for (const { top, left, width, height } of acts)
    put({
      top: `${top - 6}px`,
      left: `${left - 6}px`,
      width: `${width + 12}px`,
      height: `${height + 12}px`,
      border: '4px solid #cc0044',
      borderRadius: '8px',
    });
  const begin = start.getBoundingClientRect().top;
  const lowest = Math.max(...acts.map(({ bottom }) => bottom)) + MARGIN - of.height;
  const title = document.querySelector('h1')!;
  if (begin >= lowest && begin <= title.getBoundingClientRect().top) return begin;
  // No line of text is cut below the title.
  const parts = [
    ...document.querySelectorAll(
      'main :is(h2, p:not(.gk-hint), dt, label, li, tr, .gk-field, .gk-actions)',
    ),
  ];
  const tops = parts.map((part) => part.getBoundingClientRect().top - MARGIN - TITLE);
  const y = Math.min(...tops.filter((top) => top > Math.max(lowest, begin - TITLE - MARGIN) - 1));
  const bar = { top: `${y}px`, left: '0', width: '100%', height: `${TITLE}px`, padding: '0 16px' };
  put(
    {
      ...bar,
      background: '#ffffff',
      borderBottom: '2px dashed #aaaaaa',
      fontWeight: '700',
      lineHeight: `${TITLE}px`,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    title.innerText.split('\n').at(-1),
  );
  return y;
}

/** Runs in the page: few shades of each colour take half the bytes, and nobody sees the difference. */
async function toWebp(png: string): Promise<string> {
  const SHADE = 17;
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const drawn = context.getImageData(0, 0, image.width, image.height);
  drawn.data.forEach((value, at) => (drawn.data[at] = Math.round(value / SHADE) * SHADE));
  context.putImageData(drawn, 0, 0);
  // With this quality nothing is lost.
  const made = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
  const letters = new Uint8Array(await made.arrayBuffer()).reduce(
    (text, byte) => text + String.fromCharCode(byte),
    '',
  );
  return btoa(letters);
}

/** Of what people read on it, without what differs each time. */
async function printOf(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  const lasting = text.replace(/[\da-f]{4,}(?:-[\da-f]{4,})*|\d+/g, '');
  return createHash('sha256').update(lasting).digest('base64url').slice(0, 16);
}
