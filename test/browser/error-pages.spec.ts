import type { Page } from 'playwright-core';
import { activates, registers } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';
import { networkWaits, postsFlood } from '../support/floods.js';

const stage = Stage.forThisFile();

/** Somebody who registered, and the link that came by mail. */
async function registered() {
  const { corporation, entered } = await stage.newcomer();
  const { mailbox } = stage.genkan;
  const person = stage.genkan.visitor();
  await registers(person, corporation, entered);
  return { person, corporation, link: mailbox.linkIn(await mailbox.mailTo(entered.email)) };
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
    [new URL(path, stage.genkan.url).href, fields, enctype] as const,
  );
  const status = (await shown).status();
  await page.waitForURL(`**${path}`);
  await page.locator('h1').waitFor();
  return status;
}

async function counts(used: number, like: string): Promise<void> {
  const { rowCount } = await stage.genkan.pool.query(
    'update limit_counters set used = $1 where key like $2',
    [used, like],
  );
  expect(rowCount).toBeGreaterThan(0);
}

/** What leads to each page and tells its status; the page is known by its heading or its alert. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  '400, unreadable': [
    async (way) => {
      await way.shows('/help');
      return posts(way.page, '/login', { 'loginId[0]': 'sato' });
    },
    '送信された内容を読み取れませんでした',
  ],
  '403, from another site': [
    async (way) => {
      await way.page.goto('about:blank');
      return posts(way.page, '/login', { loginId: 'sato' });
    },
    'この操作は行えません',
  ],
  '403, account closed': [
    async (way) => {
      const { corporation, entered } = await stage.newcomer();
      const { loginId, password } = entered;
      const name = '田中 実';
      const { people } = stage.genkan;
      await people.administratorExists({ corporation, loginId: `${loginId}-tanaka`, name });
      await people.staffExists({ corporation, ...entered, state: 'suspended' });
      return way.showsAnswer({ loginId, password }, '/login');
    },
    'このアカウントはご利用いただけません',
  ],
  '404, no such page': [(way) => way.shows('/nowhere'), 'ページが見つかりません'],
  '409, administrators exist': [
    async (way) => {
      const { corporation, entered } = await stage.newcomer();
      await stage.genkan.people.administratorExists({ corporation, ...entered });
      const { corporateNumber, transferAccounts } = corporation;
      const numbers = { corporateNumber, transferAccountNumber: transferAccounts[0]! };
      return way.showsAnswer(numbers, '/initiate/numbers');
    },
    'すでに管理者が登録されています',
  ],
  '410, unknown link': [(way) => way.shows('/activation/unknown'), 'このURLはご利用いただけません'],
  '410, used link': [
    async (way) => {
      const { person, link } = await registered();
      await activates(person, link);
      return way.shows(link);
    },
    'このURLはすでに使われています',
  ],
  '410, expired link': [
    async (way) => {
      const { link } = await registered();
      await stage.genkan.clock.advance('25 hours');
      const status = await way.shows(link);
      await stage.genkan.clock.reset();
      return status;
    },
    'このURLは期限が切れています',
  ],
  '410, replaced link': [
    async (way) => {
      const { person, link } = await registered();
      await stage.genkan.clock.advance('5 minutes');
      await person.presses('メールを再送する');
      await stage.genkan.clock.reset();
      return way.shows(link);
    },
    '新しいURLをお送りしています',
  ],
  '413, too large': [
    async (way) => {
      await way.shows('/help');
      return posts(way.page, '/login', { loginId: 'x'.repeat(70_000) });
    },
    '送信された内容が大きすぎます',
  ],
  '415, unreadable': [
    async (way) => {
      await way.shows('/help');
      return posts(way.page, '/login', { loginId: 'sato' }, 'multipart/form-data');
    },
    '送信された内容を読み取れませんでした',
  ],
  '429, numbers exhausted': [
    async (way) => {
      const { corporation } = await stage.newcomer();
      const { corporateNumber } = corporation;
      const numbers = { corporateNumber, transferAccountNumber: '9999999' };
      await way.opens('/initiate/numbers');
      await way.submits(numbers);
      await counts(30, 'proof:network:enrollment:%');
      const status = await way.showsAnswer(numbers, '/initiate/numbers');
      await counts(0, 'proof:network:enrollment:%');
      return status;
    },
    '番号の確認を一時停止しています',
  ],
  '429, too many mails': [
    async (way) => {
      const { entered } = await stage.newcomer();
      for (let mails = 0; mails < 3; mails += 1) {
        const { corporation, entered: another } = await stage.newcomer();
        const { email } = entered;
        await way.entersDetails(corporation, { ...another, email });
        await way.submits();
      }
      await way.entersDetails((await stage.newcomer()).corporation, entered);
      return way.showsAnswer();
    },
    'メールを送信できる回数を超えました',
  ],
  '429, too many failures': [
    async (way) => {
      const entered = { loginId: 'nobody', password: 'wrong-1234' };
      await way.signsIn(entered.loginId, entered.password);
      await networkWaits(stage.genkan, '1 minute');
      const status = await way.showsAnswer(entered, '/login');
      await networkWaits(stage.genkan, '0 seconds');
      return status;
    },
    'しばらく待ってから、もう一度お試しください',
  ],
  '429, too many posts': [
    async (way) => {
      await postsFlood(stage.genkan, '203.0.113.77');
      await way.page.context().setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.77' });
      return way.showsAnswer({}, '/initiate/numbers');
    },
    'しばらく待ってから、もう一度お試しください',
  ],
  '500, fault of ours': [
    async (way) => {
      await stage.genkan.pool.query('alter table mailed_links rename to lost_links');
      const status = await way.shows('/activation');
      await stage.genkan.pool.query('alter table lost_links rename to mailed_links');
      expect(stage.chromium.faults.splice(0).join()).toMatch(/status of 500/);
      return status;
    },
    'システムで問題が起きました',
  ],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('the page %s, is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const way = await stage.newWay(language);
    const { page } = way;
    expect(await reach(way)).toBe(Number(name.slice(0, 3)));
    if (language === 'ja')
      await page.locator('h1, [role=alert] h2', { hasText: words }).first().waitFor();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
