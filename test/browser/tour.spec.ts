import { AS_DEMO } from '../support/demo.js';
import { DemoData } from '../../src/demo/demo-data.js';
import { findings, findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { takesTour } from './tour-walk.js';
import { Tourist } from './tourist.js';
import { opens } from './wizard.js';

const stage = Stage.forThisFile(AS_DEMO);
beforeAll(() => stage.genkan.app.get(DemoData).load());

it('the tour is ticked off stop by stop', async () => {
  const page = await stage.newPage();
  const tourist = new Tourist(page, stage.genkan);

  await takesTour(page, tourist);

  await opens(page, '/dev');
  expect(await page.locator('.gk-stop--done').count()).toBe(13);
  await page.getByText('13か所のうち 13か所が済みました').waitFor();
  await page.getByRole('button', { name: '鈴木 一郎 様のログインページへ' }).waitFor();
  expect(await findings(page)).toEqual([]);
});

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
