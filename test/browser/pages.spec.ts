import type { Page } from 'playwright-core';
import { topics } from '../../src/help/topics.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium } from '../support/chromium.js';
import { applicant, registers } from '../support/registration.js';
import { findingsEverywhere, reportViolations } from './findings.js';
import { entersDetails, entersNumbers, opens, signsIn, submits } from './wizard.js';

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

/** A company with a long name and somebody of it, whom no other test knows. */
async function newcomer() {
  count += 1;
  const corporateNumber = String(3_000_000 + count);
  const name = '株式会社ながいなまえホールディングスジャパン東日本営業統括本部第二事業所';
  const corporation = await genkan.people.corporationExists({ corporateNumber, name });
  return { corporation, entered: applicant(`sato-${count}`) };
}

async function registered() {
  const { corporation, entered } = await newcomer();
  await registers(genkan.visitor(), corporation, entered);
  return entered;
}

async function opensMailedLink(page: Page): Promise<number> {
  const { email } = await registered();
  return opens(page, genkan.mailbox.linkIn(await genkan.mailbox.mailTo(email)));
}

/** Each leads to a page and says with which status it came. */
const PAGES: Record<string, (page: Page) => Promise<number>> = {
  'the login page': (page) => opens(page, '/login'),
  'the login page, refused,': (page) => signsIn(page, 'nobody', 'wrong-1234'),
  'the login page after the activation': async (page) => {
    await opensMailedLink(page);
    return submits(page);
  },
  'the opening page': (page) => opens(page, '/initiate'),
  'the page of the numbers': (page) => opens(page, '/initiate/numbers'),
  'the page of the numbers, refused,': async (page) => {
    await opens(page, '/initiate/numbers');
    return submits(page);
  },
  'the page of the details': async (page) => entersNumbers(page, (await newcomer()).corporation),
  'the page of the details, refused,': async (page) => {
    await entersNumbers(page, (await newcomer()).corporation);
    return submits(page, { email: 'sato', password: 'abc', passwordConfirmation: 'abd' });
  },
  'the confirmation': async (page) => {
    const { corporation, entered } = await newcomer();
    return entersDetails(page, corporation, entered);
  },
  'the confirmation, refused,': async (page) => {
    const { loginId } = await registered();
    const { corporation, entered } = await newcomer();
    await entersDetails(page, corporation, { ...entered, loginId });
    return submits(page);
  },
  'the completed registration': async (page) => {
    const { corporation, entered } = await newcomer();
    await entersDetails(page, corporation, entered);
    return submits(page);
  },
  'the registration under review': async (page) => {
    const { corporation, entered } = await newcomer();
    await genkan.pool.query(
      `insert into limit_counters values ('proof:failures', 100, genkan_now() + interval '1 hour')
       on conflict (key) do update set used = 100`,
    );
    await entersDetails(page, corporation, entered);
    await genkan.pool.query(`delete from limit_counters where key = 'proof:failures'`);
    return submits(page);
  },
  'the unfinished registration': async (page) => {
    const { loginId, password } = await registered();
    return signsIn(page, loginId, password);
  },
  'the activation': (page) => opensMailedLink(page),
  'the TOP page': async (page) => {
    const { corporation, entered } = await newcomer();
    const sato = await genkan.people.administratorExists({ corporation, ...entered });
    await signsIn(page, sato.loginId, sato.password);
    await page.context().clearCookies({ name: 'session' });
    await signsIn(page, sato.loginId, 'wrong-1234');
    return submits(page, { password: sato.password });
  },
  'the page of questions': (page) => opens(page, '/help'),
};
for (const { name } of topics)
  PAGES[`the answer on ${name}`] = (page) => opens(page, `/help/${name}`);

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const page = await chromium.newPage();
    await reportViolations(page);
    await page.context().addCookies([{ name: 'language', value: language, url: genkan.url }]);
    expect(await PAGES[name]!(page)).toBe(name.includes('refused') ? 422 : 200);
    expect(await findingsEverywhere(page, language)).toEqual([]);
    await page.context().close();
  });
});
