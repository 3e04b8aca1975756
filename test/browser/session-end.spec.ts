import type { Page } from 'playwright-core';
import { findings, findingsWithoutJavaScript } from './findings.js';
import { buttonOf, fieldOf } from './hands.js';
import { Stage } from './stage.js';

const MORNING = new Date('2026-11-22T09:00:00+09:00');
const WARNING = '操作がないため、2分以内にログアウトします';

const stage = Stage.forThisFile();
beforeEach(() => stage.genkan.clock.stopsAt(MORNING));

async function signsInThere(page: Page, loginId: string, password: string): Promise<void> {
  await fieldOf(page, 'ID').fill(loginId);
  await fieldOf(page, 'パスワード').fill(password);
  await buttonOf(page, 'ログイン').click();
}

/** Somebody in the middle of a form. The browser's clock moves only when it is told to. */
async function filling(javaScript: boolean) {
  const { corporation, entered } = await stage.newcomer();
  const { loginId, name } = entered;
  const member = await stage.genkan.people.administratorExists({ corporation, loginId, name });
  const page = await stage.newPage({ javaScript, width: 320 });
  if (javaScript) await page.clock.install();
  await page.goto('/me/profile');
  await signsInThere(page, loginId, member.password);
  await page.waitForURL('**/me/profile');
  await fieldOf(page, '部署').fill('海外営業部');
  return { page, member };
}

/** Both clocks go on. */
async function passes(page: Page, minutes: number): Promise<void> {
  await stage.genkan.clock.advance(`${minutes} minutes`);
  await page.clock.runFor(minutes * 60_000);
}

it('the end of a session is told two minutes before, and a button lets it go on', async () => {
  const { page } = await filling(true);
  await fieldOf(page, '部署').focus();
  await passes(page, 27);
  expect(await page.getByText(WARNING).isVisible()).toBe(false);
  await passes(page, 1);
  await page.getByText(WARNING).waitFor();
  expect(await findings(page)).toEqual([]);
  await buttonOf(page, '操作を続ける').click();
  await page.getByText(WARNING).waitFor({ state: 'hidden' });
  await page.locator('#field-department:focus').waitFor();
  await passes(page, 27);
  expect(await page.getByText(WARNING).isVisible()).toBe(false);
});

it('what another tab does counts', async () => {
  const { page } = await filling(true);
  await passes(page, 20);
  const other = await page.context().newPage();
  await other.goto('/me');
  await other.close();
  const asked = page.waitForResponse('**/session');
  await passes(page, 8);
  await asked;
  // A later answer is read later.
  await page.evaluate(async () => (await fetch('/session')).text());
  expect(await page.getByText(WARNING).isVisible()).toBe(false);
  await passes(page, 20);
  await page.getByText(WARNING).waitFor();
});

it.each([true, false])(
  'what was entered comes back after the end of the session (JavaScript: %s)',
  async (javaScript) => {
    const { page, member } = await filling(javaScript);
    if (javaScript) {
      await passes(page, 31);
      await page.getByText('このページのボタンで送信してください').waitFor();
    } else await stage.genkan.clock.advance('31 minutes');
    const checks = javaScript ? findings : findingsWithoutJavaScript;
    expect(await checks(page)).toEqual([]);
    await buttonOf(page, '変更する').click();
    await page.waitForURL('**/login?next=*');
    await page.locator('.gk-notice:focus').waitFor();
    expect(await page.locator('.gk-notice').innerText()).toContain('30分操作がなかった');
    expect(await checks(page)).toEqual([]);
    await signsInThere(page, member.loginId, 'wrong-2026-password');
    await page.locator('#error-login:focus').waitFor();
    expect(await checks(page)).toEqual([]);
    await signsInThere(page, member.loginId, member.password);
    await page.waitForURL('**/me/profile?resume=*');
    await page.locator('.gk-notice:focus').waitFor();
    expect(await fieldOf(page, '部署').inputValue()).toBe('海外営業部');
    expect(await checks(page)).toEqual([]);
    await buttonOf(page, '変更する').click();
    await page.getByText('を変更しました。').waitFor();
  },
);

it('the page after a form that the browser sent itself has the focus on its heading', async () => {
  const { page, member } = await filling(true);
  await page.context().clearCookies({ name: 'session' });
  await page.goto('/login');
  await signsInThere(page, member.loginId, member.password);
  await page.waitForURL((url) => url.pathname === '/');
  await page.locator('h1:focus').waitFor();
  await page.locator('.gk-account summary').click();
  await buttonOf(page, 'ログアウト').click();
  await page.locator('.gk-notice:focus').waitFor();
});
