import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { companyExists } from '../support/members.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens, signsIn } from './wizard.js';

const stage = Stage.forThisFile();

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'an account is deleted and restored (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const { sato, suzuki } = await companyExists(stage.genkan);
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await signsIn(page, sato.loginId, sato.password);
    await reads('/', 'ご確認ください');
    if (width < 640) await page.locator('.gk-nav summary').click();
    await page.locator('.gk-nav').getByRole('link', { name: '担当者情報変更' }).click();
    await reads('/accounts', '利用者の一覧', '全3件中');
    await person.presses('削除');
    await reads('/accounts', '削除する利用者が選ばれていません');

    await person.fills('氏名・ログインIDなど', 'すずき');
    await person.presses('検索');
    await reads('/accounts', '全1件中', suzuki.name);
    await ticks(page, suzuki.name);
    await person.presses('削除');
    await reads('/accounts/deletion', '削除する利用者', suzuki.name, '管理者が元に戻せます');
    await person.presses('削除');
    await reads('/accounts/deletion/completed', '削除完了', suzuki.name);

    await person.follows('元に戻す');
    await reads(`/accounts/${suzuki.id}/restoration`, '元に戻せる期限');
    await person.presses('元に戻す');
    await reads('/accounts', `${suzuki.name} 様を元に戻しました`);
    await opens(page, `/accounts/${suzuki.id}/suspension`);
    await reads(`/accounts/${suzuki.id}/suspension`, 'ご本人はすぐにログアウトされ');
    await person.presses('利用を停止');
    await reads('/accounts', `${suzuki.name} 様の利用を停止しました`);

    await ticks(page, sato.name);
    await person.presses('削除');
    await reads('/accounts/deletion', 'ご自分のアカウントが含まれています');
    await person.presses('削除');
    await reads('/accounts/deletion', '入力内容をご確認ください');
    await ticks(page, '自分のアカウントも削除する');
    await person.presses('削除');
    await reads('/login', 'ご自分のアカウントを削除し、ログアウトしました。');
    expect(await page.locator('header').innerText()).not.toContain(sato.name);
  },
  90_000,
);

it.each([true, false])(
  'the list is saved as a file after the password was asked for (JavaScript: %s)',
  async (javaScript) => {
    const { sato } = await companyExists(stage.genkan);
    const page = await stage.newPage({ javaScript, width: 1280 });
    const person = new Pointer(page);
    await signsIn(page, sato.loginId, sato.password);
    await page.waitForURL((url) => url.pathname === '/');
    await page.locator('.gk-nav').getByRole('link', { name: '担当者情報変更' }).click();
    await stage.genkan.clock.advance('6 minutes');
    await person.presses('CSVをダウンロード（UTF-8）');
    await page.locator('h1', { hasText: 'パスワードの確認' }).waitFor();
    await person.fills('現在のパスワード', sato.password);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      person.presses('操作を続ける'),
    ]);
    expect(file.suggestedFilename()).toBe('accounts.csv');
    expect(await file.failure()).toBeNull();
    expect(readFileSync(await file.path(), 'utf8')).toContain(sato.loginId);
    await page.getByText('このページが表示されたままになります').waitFor();
    await page.locator('.gk-back', { hasText: 'TOPページ' }).click();
    await page.locator('h1', { hasText: 'TOPページ' }).waitFor();
  },
  60_000,
);

it.each(['ja', 'en'])(
  'the pages are fine for everybody (%s)',
  async (language) => {
    const { corporation, sato, suzuki, tanaka } = await companyExists(stage.genkan);
    const long = { name: '長'.repeat(100), nameKana: 'ナ'.repeat(100) };
    await stage.genkan.people.staffExists({
      corporation,
      loginId: `${'n'.repeat(60)}${language}`,
      ...long,
    });
    await stage.genkan.pool.query(
      `update accounts set state = 'deleted', deleted_at = genkan_now(), deleted_from = 'active' where id = $1`,
      [suzuki.id],
    );
    const page = await stage.newPage({}, language);
    await comesSignedIn(page, sato.loginId, sato.password);
    for (const path of [
      '/accounts',
      '/accounts?state=deleted',
      '/accounts?q=zzz',
      `/accounts/deletion?accountId=${sato.id}`,
      `/accounts/deletion?accountId=${sato.id}&accountId=${tanaka.id}`,
      `/accounts/deletion/completed?accountId=${suzuki.id}`,
      `/accounts/${suzuki.id}/restoration`,
      `/accounts/${sato.id}/restoration`,
      `/accounts/${sato.id}/suspension`,
      `/accounts/${tanaka.id}/suspension`,
    ]) {
      await opens(page, path);
      expect([path, ...(await findingsEverywhere(page, language))]).toEqual([path]);
      await page.emulateMedia({ forcedColors: 'none' });
    }
  },
  90_000,
);

/** By the keyboard, as well as it goes without a pointer. */
async function ticks(page: Page, name: string): Promise<void> {
  await page.getByRole('checkbox', { name }).focus();
  await page.keyboard.press('Space');
}
