import type { Page } from 'playwright-core';
import { startApp, type RunningApp } from '../support/app.js';
import { Chromium } from '../support/chromium.js';
import { activates, applicant, registers } from '../support/registration.js';
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

/** A company and somebody of it, whom no other test knows. */
async function newcomer() {
  count += 1;
  const corporateNumber = String(4_000_000 + count);
  const corporation = await genkan.people.corporationExists({ corporateNumber, name: '㈱あおば' });
  return { corporation, entered: applicant(`sato-${count}`) };
}

/** Somebody who registered, and the link that came by mail. */
async function registered() {
  const { corporation, entered } = await newcomer();
  const person = genkan.visitor();
  await registers(person, corporation, entered);
  const link = genkan.mailbox.linkIn(await genkan.mailbox.mailTo(entered.email));
  return { person, corporation, entered, link };
}

/** Posts what no page of ours would, with the browser's own form. */
async function posts(page: Page, path: string, fields: object, enctype = ''): Promise<number> {
  const shown = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.evaluate(
    ([action, entries, type]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      if (type) form.enctype = type;
      for (const [name, value] of Object.entries(entries))
        form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    },
    [new URL(path, genkan.url).href, fields, enctype] as const,
  );
  const status = (await shown).status();
  await page.waitForURL(`**${path}`);
  await page.locator('h1').waitFor();
  return status;
}

async function exhausts(key: string): Promise<void> {
  await genkan.pool.query(
    `insert into limit_counters values ($1, 1000000, genkan_now() + interval '1 hour')
     on conflict (key) do update set used = 1000000`,
    [key],
  );
}

/** Each leads to a page that the name says the status of. */
const PAGES: Record<string, (page: Page) => Promise<number>> = {
  '400, unreadable': async (page) => {
    await opens(page, '/help');
    return posts(page, '/login', { 'loginId[0]': 'sato' });
  },
  '403, from another site': async (page) => {
    await page.goto('about:blank');
    return posts(page, '/login', { loginId: 'sato' });
  },
  '403, account closed': async (page) => {
    const { corporation, entered } = await newcomer();
    await genkan.people.administratorExists({ corporation, loginId: 'tanaka', name: '田中 実' });
    await genkan.people.staffExists({ corporation, ...entered, state: 'suspended' });
    return signsIn(page, entered.loginId, entered.password);
  },
  '404, no such page': (page) => opens(page, '/nowhere'),
  '405, no such method': (page) => opens(page, '/logout'),
  '409, administrators exist': async (page) => {
    const { corporation, entered } = await newcomer();
    await genkan.people.administratorExists({ corporation, ...entered });
    return entersNumbers(page, corporation);
  },
  '409, registration running': async (page) =>
    entersNumbers(page, (await registered()).corporation),
  '410, unknown link': (page) => opens(page, '/activation/unknown'),
  '410, used link': async (page) => {
    const { person, link } = await registered();
    await activates(person, link);
    return opens(page, link);
  },
  '410, expired link': async (page) => {
    const { link } = await registered();
    await genkan.clock.advance('25 hours');
    const status = await opens(page, link);
    await genkan.clock.reset();
    return status;
  },
  '410, replaced link': async (page) => {
    const { person, link } = await registered();
    await genkan.clock.advance('5 minutes');
    await person.presses('メールをもう一度送る');
    await genkan.clock.reset();
    return opens(page, link);
  },
  '413, too large': async (page) => {
    await opens(page, '/help');
    return posts(page, '/login', { loginId: 'x'.repeat(70_000) });
  },
  '415, unreadable': async (page) => {
    await opens(page, '/help');
    return posts(page, '/login', { loginId: 'sato' }, 'multipart/form-data');
  },
  '429, numbers exhausted': async (page) => {
    const { corporation } = await newcomer();
    await exhausts(`proof:company:${corporation.corporateNumber}`);
    return entersNumbers(page, corporation);
  },
  '429, too many mails': async (page) => {
    const { corporation, entered } = await newcomer();
    await exhausts(`mail:hour:${entered.email}`);
    await entersDetails(page, corporation, entered);
    return submits(page);
  },
  '429, too many failures': async (page) => {
    await exhausts('sign-in:service');
    const status = await signsIn(page, 'sato', 'wrong-1234');
    await genkan.pool.query(`delete from limit_counters where key = 'sign-in:service'`);
    return status;
  },
  '429, too many posts': async (page) => {
    await opens(page, '/initiate/numbers');
    await submits(page);
    await genkan.pool.query(`update limit_counters set used = 1000000 where key like 'throttle:%'`);
    return submits(page);
  },
  '500, fault of ours': async (page) => {
    await genkan.pool.query('alter table tickets rename to lost_tickets');
    const status = await opens(page, '/activation');
    await genkan.pool.query('alter table lost_tickets rename to tickets');
    return status;
  },
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('the page %s, is fit for everybody', async (name) => {
    const page = await chromium.newPage();
    await reportViolations(page);
    await page.context().addCookies([{ name: 'language', value: language, url: genkan.url }]);
    expect(await PAGES[name]!(page)).toBe(Number(name.slice(0, 3)));
    expect(await findingsEverywhere(page, language)).toEqual([]);
    await page.context().close();
  });
});
