import type { Page } from 'playwright-core';
import { activates, registers } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { entersDetails, entersNumbers, opens, signsIn, submits } from './wizard.js';
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
const PAGES: Record<string, [(page: Page) => Promise<number>, string]> = {
  '400, unreadable': [
    async (page) => {
      await opens(page, '/help');
      return posts(page, '/login', { 'loginId[0]': 'sato' });
    },
    '送信された内容を読み取れませんでした',
  ],
  '403, from another site': [
    async (page) => {
      await page.goto('about:blank');
      return posts(page, '/login', { loginId: 'sato' });
    },
    'この操作は行えません',
  ],
  '403, account closed': [
    async (page) => {
      const { corporation, entered } = await stage.newcomer();
      const { loginId, password } = entered;
      const name = '田中 実';
      const { people } = stage.genkan;
      await people.administratorExists({ corporation, loginId: `${loginId}-tanaka`, name });
      await people.staffExists({ corporation, ...entered, state: 'suspended' });
      return signsIn(page, loginId, password);
    },
    'このアカウントはご利用いただけません',
  ],
  '404, no such page': [(page) => opens(page, '/nowhere'), 'ページが見つかりません'],
  '409, administrators exist': [
    async (page) => {
      const { corporation, entered } = await stage.newcomer();
      await stage.genkan.people.administratorExists({ corporation, ...entered });
      return entersNumbers(page, corporation);
    },
    'すでに管理者が登録されています',
  ],
  '410, unknown link': [
    (page) => opens(page, '/activation/unknown'),
    'このURLはご利用いただけません',
  ],
  '410, used link': [
    async (page) => {
      const { person, link } = await registered();
      await activates(person, link);
      return opens(page, link);
    },
    'このURLはすでに使われています',
  ],
  '410, expired link': [
    async (page) => {
      const { link } = await registered();
      await stage.genkan.clock.advance('25 hours');
      const status = await opens(page, link);
      await stage.genkan.clock.reset();
      return status;
    },
    'このURLは期限が切れています',
  ],
  '410, replaced link': [
    async (page) => {
      const { person, link } = await registered();
      await stage.genkan.clock.advance('5 minutes');
      await person.presses('メールをもう一度送る');
      await stage.genkan.clock.reset();
      return opens(page, link);
    },
    '新しいURLをお送りしています',
  ],
  '413, too large': [
    async (page) => {
      await opens(page, '/help');
      return posts(page, '/login', { loginId: 'x'.repeat(70_000) });
    },
    '送信された内容が大きすぎます',
  ],
  '415, unreadable': [
    async (page) => {
      await opens(page, '/help');
      return posts(page, '/login', { loginId: 'sato' }, 'multipart/form-data');
    },
    '送信された内容を読み取れませんでした',
  ],
  '429, numbers exhausted': [
    async (page) => {
      const { corporation } = await stage.newcomer();
      await entersNumbers(page, { ...corporation, transferAccounts: ['9999999'] });
      await counts(30, 'proof:network:enrollment:%');
      const status = await submits(page);
      await counts(0, 'proof:network:enrollment:%');
      return status;
    },
    '番号の確認を一時停止しています',
  ],
  '429, too many mails': [
    async (page) => {
      const { entered } = await stage.newcomer();
      for (let mails = 0; mails < 3; mails += 1) {
        const { corporation, entered: another } = await stage.newcomer();
        const { email } = entered;
        await registers(stage.genkan.visitor(), corporation, { ...another, email });
      }
      await entersDetails(page, (await stage.newcomer()).corporation, entered);
      return submits(page);
    },
    'メールを送信できる回数を超えました',
  ],
  '429, too many failures': [
    async (page) => {
      await signsIn(page, 'nobody', 'wrong-1234');
      await networkWaits(stage.genkan, '1 minute');
      const status = await signsIn(page, 'nobody', 'wrong-1234');
      await networkWaits(stage.genkan, '0 seconds');
      return status;
    },
    'しばらく待ってから、もう一度お試しください',
  ],
  '429, too many posts': [
    async (page) => {
      await opens(page, '/initiate/numbers');
      await submits(page);
      await postsFlood(stage.genkan, '203.0.113.77');
      await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.77' });
      return submits(page);
    },
    'しばらく待ってから、もう一度お試しください',
  ],
  '500, fault of ours': [
    async (page) => {
      await stage.genkan.pool.query('alter table mailed_links rename to lost_links');
      const status = await opens(page, '/activation');
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
    const page = await stage.newPage({}, language);
    expect(await reach(page)).toBe(Number(name.slice(0, 3)));
    if (language === 'ja')
      await page.locator('h1, [role=alert] h2', { hasText: words }).first().waitFor();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
