import type { Page } from 'playwright-core';
import { topics } from '../../src/help/topics.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium } from '../support/chromium.js';
import type { Corporation } from '../support/people.js';
import { applicant } from '../support/registration.js';
import { findingsEverywhere, reportViolations } from './findings.js';
import { entersDetails, entersNumbers, submits } from './wizard.js';

let genkan: RunningApp;
let chromium: Chromium;
let count = 0;

beforeAll(async () => {
  genkan = await startApp();
  chromium = await Chromium.start(genkan.url);
});
afterEach(() => expect(chromium.faults.splice(0)).toEqual([]));
afterAll(async () => {
  await chromium.stop();
  await genkan.stop();
});

/** A company and somebody of it, whom no other test knows. */
async function newcomer() {
  count += 1;
  const corporateNumber = String(3_000_000 + count);
  const name = '株式会社ながいなまえホールディングスジャパン東日本営業統括本部第二事業所';
  const corporation = await genkan.people.corporationExists({ corporateNumber, name });
  return { corporation, entered: applicant(`sato-${count}`) };
}

async function signIn(page: Page, loginId: string, password: string): Promise<number> {
  await page.goto('/login');
  return submits(page, { loginId, password });
}

/** Each leads to a page and says with which status it came. */
const PAGES: Record<string, (page: Page) => Promise<number>> = {
  'the login page': (page) => opens(page, '/login'),
  'the refused login page': (page) => signIn(page, 'nobody', 'wrong-1234'),
  'the opening page': (page) => opens(page, '/initiate'),
  'the numbers': (page) => opens(page, '/initiate/numbers'),
  'the refused numbers': async (page) => {
    await opens(page, '/initiate/numbers');
    return submits(page);
  },
  'the details': async (page) => entersNumbers(page, (await newcomer()).corporation),
  'the refused details': async (page) => {
    await entersNumbers(page, (await newcomer()).corporation);
    return submits(page, { email: 'sato', password: 'abc', passwordConfirmation: 'abd' });
  },
  'the confirmation': async (page) => {
    const { corporation, entered } = await newcomer();
    await entersNumbers(page, corporation);
    return entersDetails(page, entered);
  },
  'the refused confirmation': async (page) => {
    const { corporation, entered } = await newcomer();
    await signedUp(entered.loginId);
    await entersNumbers(page, corporation);
    await entersDetails(page, entered);
    return submits(page);
  },
  'the completed registration': async (page) => {
    const { corporation, entered } = await newcomer();
    await entersNumbers(page, corporation);
    await entersDetails(page, entered);
    return submits(page);
  },
  'the registration under review': async (page) => {
    const { corporation, entered } = await newcomer();
    await genkan.pool.query(
      `insert into limit_counters values ('proof:failures', 100, genkan_now() + interval '1 hour')`,
    );
    await entersNumbers(page, corporation);
    await genkan.pool.query(`delete from limit_counters where key = 'proof:failures'`);
    await entersDetails(page, entered);
    return submits(page);
  },
  'the unfinished registration': async (page) => {
    const { corporation, entered } = await newcomer();
    await entersNumbers(page, corporation);
    await entersDetails(page, entered);
    await submits(page);
    return signIn(page, entered.loginId, entered.password);
  },
  'the activation': async (page) => {
    await activation(page);
    return opens(page, '/activation');
  },
  'the login page after the activation': async (page) => {
    await activation(page);
    return submits(page);
  },
  'the TOP page': async (page) => {
    const { loginId, password } = await signedUp();
    await signIn(page, loginId, password);
    await page.context().clearCookies({ name: 'session' });
    await signIn(page, loginId, 'wrong-1234');
    return submits(page, { password });
  },
  'the questions': (page) => opens(page, '/help'),
  ...Object.fromEntries(
    topics.map(({ name }) => [`the answer on ${name}`, (page) => opens(page, `/help/${name}`)]),
  ),
};

async function opens(page: Page, path: string): Promise<number> {
  return (await page.goto(path))!.status();
}

async function signedUp(loginId?: string) {
  const { corporation, entered } = await newcomer();
  const name = '佐藤 花子';
  return genkan.people.administratorExists({
    corporation,
    name,
    loginId: loginId ?? entered.loginId,
  });
}

async function activation(page: Page): Promise<void> {
  const { corporation, entered } = await newcomer();
  await entersNumbers(page, corporation);
  await entersDetails(page, entered);
  await submits(page);
  await page.goto(genkan.mailbox.linkIn(await genkan.mailbox.mailTo(entered.email)));
}

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const page = await chromium.newPage();
    await reportViolations(page);
    await page.context().addCookies([{ name: 'language', value: language, url: genkan.url }]);
    const status = await PAGES[name]!(page);
    expect(status).toBe(name.includes('refused') ? 422 : 200);
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
