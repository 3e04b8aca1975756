import { leftBehind } from '../support/succession.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';

const HOUR = 3_600_000;
const stage = Stage.forThisFile({ enrollmentHold: 24 * HOUR });

const mailed = async (email: string) =>
  stage.genkan.mailbox.linkIn(await stage.genkan.mailbox.mailTo(email));

it.each(['ja', 'en'])(
  'the pages of a newcomer who is held back are fine everywhere (%s)',
  async (language) => {
    const left = await leftBehind(stage.genkan);
    const page = await stage.newPage({}, language);
    const fine = async () => expect(await findingsEverywhere(page, language)).toEqual([]);
    const press = (value: string) => page.locator(`main button[value=${value}]`).click();
    const fill = async (fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields))
        await page.locator(`main [name=${name}]`).fill(value);
      await page.locator('main button[type=submit]').last().click();
    };
    const applies = async (loginId: string) => {
      const { corporateNumber } = left.corporation;
      await page.goto('/admin-enrollment/numbers');
      await fill({ corporateNumber, transferAccountNumber: '0012345' });
      await page.waitForURL(/details/);
      const { password } = left.suzuki;
      const entered = { ...left.suzuki, loginId, email: `${loginId}@example.jp` };
      await fill({ ...entered, passwordConfirmation: password });
      await page.waitForURL(/confirmation/);
      await page.locator('main button[type=submit]').last().click();
      await page.waitForURL(/completed/);
    };
    await applies(left.suzuki.loginId);
    await fine();
    const link = await mailed(left.suzuki.email);
    await applies(`second-${left.suzuki.loginId}`);
    await fine();
    await page.goto(link);
    await page.locator('main button[type=submit]').click();
    await page.locator('main a[href="/login"]').waitFor();
    await fine();
    await page.locator('main a[href="/login"]').click();
    const { loginId, password } = left.suzuki;
    await fill({ loginId, password });
    await page.waitForURL(/admin-enrollment\/case$/);
    await fine();

    await page.goto(link);
    await fine();
    const objection = await mailed(left.sato.email);
    await page.goto(objection);
    await fine();
    await page.goto('/admin-enrollment/case');
    await press('withdraw');
    await page.waitForURL(/login/);
    await page.goto(objection);
    await fine();
    await page.goto('/login');
    await fill({ loginId: left.sato.loginId, password: left.sato.password });
    await page.locator('main a[href="/admin-enrollment/cases"]').click();
    await fine();
  },
);
