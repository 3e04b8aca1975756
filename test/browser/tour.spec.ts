import type { Page } from 'playwright-core';
import { AS_DEMO } from '../support/demo.js';
import { DemoData } from '../../src/demo/demo-data.js';
import { findings, findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { opens, submits } from './wizard.js';

const PASSWORD = 'kaede-1192-tsuki';
const CHOSEN = { password: PASSWORD, passwordConfirmation: PASSWORD };
const AOBA = { corporateNumber: '1000001', transferAccountNumber: '0012345' };
const MINATO = { corporateNumber: '2000002', transferAccountNumber: '2345678' };

const stage = Stage.forThisFile(AS_DEMO);
beforeAll(() => stage.genkan.app.get(DemoData).load());

/** Somebody who takes the tour, and knows nothing but what its pages say. */
class Tourist {
  constructor(private readonly page: Page) {}

  /** By its button or link. All stops before it are ticked, and none behind it. */
  async starts(stop: number, done = stop - 1): Promise<void> {
    await opens(this.page, '/dev');
    expect(await this.page.locator('.gk-stop--done').count()).toBe(done);
    const card = this.page.locator(`#stop-${stop}`);
    if ((await card.locator('details[open]').count()) === 0) await card.locator('summary').click();
    await card.locator('.gk-stop__body .gk-button').click();
    await this.page.waitForURL((url) => url.pathname !== '/dev' || url.search !== '');
  }

  submits(fields: Record<string, string> = {}): Promise<number> {
    return submits(this.page, fields);
  }

  /** By a button that many others stand beside; the next page is of no interest. */
  async posts(button: string): Promise<void> {
    const posted = this.page.waitForResponse((answer) => answer.request().method() === 'POST');
    await this.page.locator(button).first().click();
    expect((await posted).status()).toBe(303);
  }

  /** Signs in with the code that a stop shows, by its button or another one of the page. */
  async entersCode(stop: number, button?: string): Promise<void> {
    if (!button) await this.starts(stop);
    else {
      await opens(this.page, `/dev?stop=${stop}`);
      await this.page.getByRole('button', { name: button }).click();
    }
    await this.page.waitForURL(/\/login\/second-factor/);
    await this.#answersWithCode(stop);
  }

  async #answersWithCode(stop: number): Promise<void> {
    const question = this.page.url();
    await opens(this.page, `/dev?stop=${stop}`);
    const code = await this.page.locator(`#stop-${stop} .gk-enter code`).last().innerText();
    await opens(this.page, question);
    await this.submits({ factorCode: code });
  }

  /** As somebody of the desk, with the code that the stop shows. */
  async entersDesk(stop: number): Promise<void> {
    await this.starts(stop);
    await this.page.waitForURL(/\/desk\/login\/second-factor/);
    await this.#answersWithCode(stop);
  }

  /** The newest mail to somebody, by the button in it. */
  async opensMailTo(address: string, subject = ''): Promise<void> {
    await stage.genkan.mailbox.everythingIsSent();
    await opens(this.page, `/dev/mailbox?to=${address}`);
    await this.page.locator('.gk-mails a', { hasText: subject }).first().click();
    await this.page.frameLocator('iframe').locator('a.button-label').click();
    await this.page.waitForURL((url) => !url.pathname.startsWith('/dev'));
  }

  /** Numbers, details, confirmation, and the mail. */
  async registers(numbers: Record<string, string>, loginId: string, email: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: '登録へ進む' }).click();
    await this.page.waitForURL(/\/numbers$/);
    await this.submits(numbers);
    await this.submits({ name: '山田 太郎', nameKana: 'ヤマダ', email, loginId, ...CHOSEN });
    await this.submits();
    await this.opensMailTo(email);
    await this.submits();
  }
}

it('the tour is ticked off stop by stop', async () => {
  const page = await stage.newPage();
  const tourist = new Tourist(page);

  await tourist.starts(1);
  await tourist.registers(AOBA, 'aoki', 'aoki@aoba.example');

  await tourist.starts(2);
  await tourist.submits({ loginId: 'takahashi-demo', password: 'wrong-2026' });
  await tourist.submits({ loginId: 'takahashi-demo', password: 'genkan-demo-2026' });
  await page.getByText('1回のログイン失敗がありました').waitFor();

  await tourist.starts(3);
  await tourist.submits({ email: 'suzuki@minato.example' });
  await tourist.opensMailTo('suzuki@minato.example');
  await tourist.submits(MINATO);
  await tourist.submits(CHOSEN);
  await tourist.submits();

  await tourist.starts(4);
  await tourist.registers(MINATO, 'yamada', 'yamada@minato.example');

  await tourist.starts(5);
  await tourist.opensMailTo('sato@minato.example', '管理者が追加登録されました');
  await tourist.submits();

  await tourist.starts(6);
  await opens(page, '/accounts/new');
  await page.locator('[name=role][value=staff]').check();
  const kobayashi = { name: '小林 薫', nameKana: 'コバヤシ', email: 'kobayashi@tsubame.example' };
  await tourist.submits(kobayashi);
  await tourist.opensMailTo(kobayashi.email);
  await tourist.submits({ loginId: 'kobayashi', ...CHOSEN });
  await tourist.starts(6, 5);
  const path = await page.getByRole('link', { name: '小林 薫' }).first().getAttribute('href');
  await opens(page, `${path}/suspension`);
  await tourist.submits();

  await tourist.starts(7);
  await tourist.submits({ email: 'ito.misaki@tsubame.example' });
  await tourist.opensMailTo('ito.misaki@tsubame.example');
  await tourist.submits();
  await tourist.opensMailTo('ito@tsubame.example');
  await tourist.submits();

  await tourist.starts(8);
  await opens(page, '/ip-restriction/draft');
  await tourist.posts('button[name=act][value=own]');
  await opens(page, '/ip-restriction/trial');
  await tourist.posts('button[name=act][value=start]');
  await opens(page, '/ip-restriction/confirmation');
  await tourist.posts('form[action="/ip-restriction/confirmation"] button');
  await opens(page, '/ip-restriction/tickets');
  const sheet = await page.locator('main').innerText();
  const [ticket = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(sheet)!;

  await tourist.starts(9);
  await page.getByRole('button', { name: '外出先から田中 様としてログイン' }).click();
  await page.getByRole('heading', { name: 'アクセス制限エラー' }).waitFor();
  const lane = page.locator('form:has([name=ticket])');
  await lane.locator('[name=password]').fill('genkan-demo-2026');
  await lane.locator('[name=ticket]').fill(ticket);
  await tourist.posts('form:has([name=ticket]) button[type=submit]');

  await opens(page, '/dev');
  await page.getByRole('button', { name: '元の接続元に戻す' }).click();
  await page.waitForURL(/\/dev$/);
  await tourist.entersCode(10);

  await tourist.entersCode(11);
  await page.locator('[name=policy][value=administrators]').check();
  await page.getByRole('button', { name: '変更の確認へ進む' }).click();
  await page.waitForURL(/\/security\/policy/);
  await tourist.submits();

  await tourist.starts(12);
  await page.getByRole('link', { name: '確認コードを入力できない方' }).click();
  await page.waitForURL(/\/lost-factor$/);
  await tourist.submits();
  await opens(page, '/dev');
  await tourist.entersCode(12, '渡辺 舞 様としてログイン');
  await opens(page, '/accounts');
  const ogawa = await page.getByRole('link', { name: '小川 亮' }).first().getAttribute('href');
  await opens(page, `${ogawa}/second-factor`);
  await tourist.submits();

  await tourist.entersDesk(13);
  await tourist.submits({ q: '小川 亮' });
  await page.getByRole('link', { name: '小川 亮' }).first().click();
  await page.waitForURL(/\/desk\/accounts\//);
  await opens(page, '/desk/cases');
  await page.locator('main .gk-table a').first().click();
  await page.getByRole('link', { name: '登録を取り消す' }).click();
  await page.waitForURL(/\/decisions\/dismiss$/);
  await tourist.submits({ why: '前任の方から、在籍されていると伺いました。' });

  await opens(page, '/dev');
  expect(await page.locator('.gk-stop--done').count()).toBe(13);
  await page.getByText('13か所のうち 13か所が済みました').waitFor();
  await page.getByRole('button', { name: '鈴木 一郎 様のログインページへ' }).waitFor();
  expect(await findings(page)).toEqual([]);
}, 120_000);

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each([
    '/dev',
    '/dev?stop=9',
    '/dev/mailbox',
    '/dev/invoices',
    '/dev/reset',
    '/dev/reset/completed',
  ])('%s is fit for everybody', async (path) => {
    const page = await stage.newPage({}, language);
    expect(await opens(page, path)).toBe(200);
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });

  // The text of this mail is Japanese, whoever reads it.
  const views = language === 'ja' ? ['', '?view=text'] : [''];
  it.each(views)('a mail%s is fit for everybody', async (view) => {
    const { mailbox, pool } = stage.genkan;
    const someone = stage.genkan.visitor();
    await someone.opens('/password-reset');
    await someone.submits({ email: 'tanaka@tsubame.example' });
    await mailbox.everythingIsSent();
    const { rows } = await pool.query<{ id: number }>('select max(id) as id from demo_mails');
    const page = await stage.newPage({}, language);
    expect(await opens(page, `/dev/mailbox/${rows[0]!.id}${view}`)).toBe(200);
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
