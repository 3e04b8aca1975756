import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { guides } from '../../src/help/guides.js';
import { root } from '../../src/root.js';
import type { Corporation } from '../support/people.js';
import { applicant, registers, type Applicant } from '../support/registration.js';
import { drafts, OFFICE, startsTrial } from '../support/ip-restriction.js';
import { asks, newLink } from '../support/recovery.js';
import { applies } from '../support/succession.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

// `npm run pictures` makes them anew; any other run holds them against the pages of today.
const MAKES = process.env.GENKAN_PICTURES === '1';
const SIZE = { width: 390, height: 560 };
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
  return applicant(`suzuki-${companies}`, { name: '鈴木 一郎', email: 'suzuki@minato.example' });
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

/** What leads to the screen of each picture. */
const SCREENS: Record<string, (way: Way) => Promise<number>> = {
  login: (way) => way.shows('/login'),
  'registration-numbers': (way) => way.shows('/initiate/numbers'),
  'registration-confirmation': async (way) => {
    await way.entersDetails(await company(), person());
    return way.shows();
  },
  'registration-activation': async (way) => {
    await registers(way.person, await company(), person());
    return way.shows(await mailed(person().email));
  },
  'recovery-request': (way) => way.shows('/password-reset'),
  'recovery-sent': async (way) => {
    await asks(way.person, 'suzuki@minato.example');
    return way.shows();
  },
  'recovery-numbers': async (way) =>
    way.shows(await newLink(stage.genkan, (await administrator()).email)),
  'recovery-password': async (way) => {
    const { corporation, email } = await administrator();
    await way.opens(await newLink(stage.genkan, email));
    const { corporateNumber, transferAccounts } = corporation;
    await way.submits({ corporateNumber, transferAccountNumber: transferAccounts[0]! });
    return way.shows();
  },
  'succession-opening': (way) => way.shows('/admin-enrollment'),
  'succession-numbers': (way) => way.shows('/admin-enrollment/numbers'),
  'succession-activation': async (way) => {
    const { corporation } = await administrator();
    await applies(way.person, corporation, person());
    return way.shows(await mailed(person().email));
  },
  top: async (way) => {
    await signedIn(way);
    return way.shows('/');
  },
  'deletion-list': async (way) => {
    await signedIn(way);
    const status = await way.shows('/accounts');
    await way.page.getByRole('checkbox', { name: '森 由美' }).check();
    return status;
  },
  'deletion-confirmation': async (way) => {
    await signedIn(way);
    await way.opens('/accounts');
    way.person.checks('森 由美');
    await way.person.presses('削除');
    return way.shows();
  },
  'ip-draft': async (way) => {
    await drafted(way);
    return way.shows('/ip-restriction/draft');
  },
  'ip-check': async (way) => {
    await drafted(way);
    return way.shows('/ip-restriction/draft/check');
  },
  'ip-trial': async (way) => {
    await drafted(way);
    await startsTrial(way.person);
    return way.shows('/ip-restriction/trial');
  },
};

/** Where a picture begins, when the top of the page is not what its step is about. */
const BEGINNINGS: Record<string, string> = { 'deletion-list': 'main tbody tr:nth-child(2)' };

const wanted = new Set(
  guides.flatMap(({ steps }) => steps.flatMap(({ picture }) => (picture ? [picture] : []))),
);

it('each picture of a guide has a screen, and each screen its picture', () => {
  expect(Object.keys(SCREENS).sort()).toEqual([...wanted].sort());
});

it.each(Object.keys(SCREENS))('the picture %s shows the page of today', async (name) => {
  const way = await stage.newWay('ja');
  await way.page.setViewportSize(SIZE);
  expect(await SCREENS[name]!(way)).toBe(200);
  const file = join(root, `static/guide-${name}.png`);
  const print = await printOf(way.page);
  if (MAKES) {
    const beginning = way.page.locator(BEGINNINGS[name] ?? 'main');
    const y = await beginning.evaluate((shown) => shown.getBoundingClientRect().top + scrollY);
    await way.page.screenshot({ path: file, fullPage: true, clip: { x: 0, y, ...SIZE } });
    noted[name] = print;
    writeFileSync(NOTES, `${JSON.stringify(noted, undefined, 2)}\n`);
  }
  expect([existsSync(file), noted[name]]).toEqual([true, print]);
});

/** Of what people read on it, without what differs each time. */
async function printOf(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  const lasting = text.replace(/[\da-f]{4,}(?:-[\da-f]{4,})*|\d+/g, '');
  return createHash('sha256').update(lasting).digest('base64url').slice(0, 16);
}
