import type { Page } from 'playwright-core';
import { newCompany, signedIn } from '../support/ip-restriction.js';
import { setsUpFactor } from '../support/second-factor.js';
import { buttonOf, fieldOf } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens } from './wizard.js';

const stage = Stage.forThisFile();
const NARROW = { javaScript: false, width: 320 };

/** Words of katakana that end in one line and go on in the next, and 様 without its name. */
const splitWords = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      for (const { index, 0: pair } of text.data.matchAll(/[ァ-ヺー](?=[ァ-ヺー])|\S\s(?=様)/g)) {
        const [before, behind] = [index, index + pair.length].map((place) => {
          const range = document.createRange();
          range.setStart(text, place);
          range.setEnd(text, place + 1);
          return range.getClientRects()[0]?.top;
        });
        if (before !== undefined && behind !== undefined && behind > before + 5)
          found.push(text.data);
      }
    }
    return found;
  });

/** Links that a finger misses, where they stand under each other or alone. */
const lowLinks = (page: Page) =>
  page
    .locator('.gk-path a, .gk-login__help a')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height < 24));

const headingLevels = (page: Page) =>
  page.locator('main :is(h1, h2, h3, h4)').evaluateAll((all) => all.map((one) => one.tagName));

it('the set-up of an app has no heading out of its order, and no hole without JavaScript', async () => {
  const page = await stage.newPage(NARROW);
  const { sato } = await newCompany(stage.genkan);
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, '/me/second-factor/totp');
  expect(await headingLevels(page)).toEqual(['H1']);
  expect(await page.locator('.gk-actions:visible', { hasText: 'キーをコピーする' }).count()).toBe(
    0,
  );
  const key = (await page.locator('#totp-key').boundingBox())!;
  const label = (await page.locator('label', { hasText: '確認コード' }).boundingBox())!;
  expect(label.y - key.y - key.height).toBeLessThan(40);
});

it('words of katakana stay whole where sentences have little room', async () => {
  const { sato } = await newCompany(stage.genkan);
  const { codes } = await setsUpFactor(stage.genkan, await signedIn(stage.genkan, sato));
  const page = await stage.newPage(NARROW);
  await opens(page, '/login');
  await fieldOf(page, 'ID').fill(sato.loginId);
  await fieldOf(page, 'パスワード').fill(sato.password);
  await buttonOf(page, 'ログイン').click();
  await opens(page, '/login/second-factor?by=recovery-code');
  expect(await lowLinks(page)).toEqual([false, false, false]);
  await fieldOf(page, 'リカバリーコード').fill(codes[0]!);
  await buttonOf(page, 'ログイン').click();
  await page.locator('h1', { hasText: 'TOPページ' }).waitFor();
  for (const path of ['/me/sign-ins', '/log', '/me/second-factor/recovery-codes/renewal']) {
    await opens(page, path);
    expect([path, await splitWords(page)]).toEqual([path, []]);
    expect(await lowLinks(page)).not.toContain(true);
  }
});

it.each([320, 390])('様 stays with the name in the header (%s px)', async (width) => {
  const { sato } = await newCompany(stage.genkan);
  const page = await stage.newPage({ ...NARROW, width });
  await comesSignedIn(page, sato.loginId, sato.password);
  for (const name of [
    '佐藤 管理一',
    '長谷川・佐々木 管理一',
    '西園寺寿限無五劫擦切海砂利水魚 管理一',
  ]) {
    await stage.genkan.pool.query('update accounts set name = $1 where id = $2', [name, sato.id]);
    await opens(page, '/me');
    expect([name, await splitWords(page)]).toEqual([name, []]);
    const { width: wide } = (await page.locator('.gk-account').boundingBox())!;
    expect(wide).toBeLessThanOrEqual(width - 16);
  }
});

it('the acts on a person are one tap away from the top, where they stand below', async () => {
  const { sato, suzuki } = await newCompany(stage.genkan);
  const page = await stage.newPage(NARROW);
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, `/accounts/${suzuki.id}`);
  const jump = page.getByRole('link', { name: 'この方についての操作' });
  expect((await jump.boundingBox())!.y).toBeLessThan(900);
  await jump.click();
  await page.waitForFunction(() => scrollY > 0);
  const acts = (await page.locator('#acts-title').boundingBox())!;
  expect(acts.y).toBeGreaterThanOrEqual(0);
  expect(acts.y).toBeLessThan(800);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await jump.isVisible()).toBe(false);
});
