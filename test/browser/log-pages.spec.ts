import { Operator } from '../support/command.js';
import { invited, invites } from '../support/invitation.js';
import type { Member } from '../support/people.js';
import { signsIn as comesIn } from '../support/registration.js';
import { findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';
import { comesSignedIn, opens } from './wizard.js';

const stage = Stage.forThisFile();
let companies = 0;

/** A company in which everybody did something: its people, the desk, and nobody at all. */
async function busyCompany(): Promise<Member> {
  companies += 1;
  const { people, pool } = stage.genkan;
  const { corporation } = await stage.newcomer();
  const at = (loginId: string, name: string) => ({
    corporation,
    name,
    loginId: `${loginId}-${companies}@a-long-name-of-a-department.sakura.example`,
  });
  const sato = await people.administratorExists(at('sato', '佐藤 花子'));
  const jiro = await people.staffExists(at('jiro', '寿限無'.repeat(30)));
  const person = stage.genkan.visitor({ address: '2001:db8:1234:5678:9abc:def0:1234:5678' });
  await comesIn(person, sato);
  const email = `ichiro-${companies}@sakura.example`;
  await invites(person, invited(email, { name: '渡邊 𠮷子' }));
  await comesIn(stage.genkan.visitor(), { ...jiro, password: 'wrong-2026-one' });
  const why = ['--operator', '田村', '--reason', '端末をなくされたとのお電話'];
  await new Operator(stage.genkan).types('account', 'freeze', jiro.loginId, ...why);
  await pool.query(
    `insert into audit_entries (corporation_id, act, reason, facts)
     values ($1, 'ip-restriction-ending', 'trial-over', '{}'), ($1, 'objection', 'desk-decides', '{}')`,
    [corporation.id],
  );
  return sato;
}

const PAGES: Record<string, (way: Way) => Promise<number>> = {
  'the log': (way) => way.shows('/log'),
  'the log, narrowed to nothing': (way) => way.shows('/log?what=contract&since=2026-01-01'),
  'the log, refused,': (way) => way.shows('/log?since=x&until=y&address=z&what=w'),
  'the own log': (way) => way.shows('/me/log'),
  'the help about the log': (way) => way.shows('/help/log'),
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const { loginId, password } = await busyCompany();
    const way = await stage.newWay(language);
    await way.signsIn(loginId, password);
    expect(await PAGES[name]!(way)).toBe(name.includes('refused') ? 422 : 200);
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it('is narrowed by the form and stays so behind links, also by HTMX', async () => {
  const { loginId, password } = await busyCompany();
  const way = await stage.newWay('ja');
  await way.signsIn(loginId, password);
  await way.shows('/log');
  const { page } = way;
  await page.selectOption('#field-what', 'people');
  await page.click('.gk-filter button');
  await page.waitForURL(/what=people/);
  await page.waitForSelector('.gk-table--log tbody tr');
  expect(await page.locator('.gk-table--log tbody').innerText()).toContain('招待しました');
  expect(await page.locator('.gk-table--log tbody').innerText()).not.toContain('ログイン');
  await page.goBack();
  await page.waitForSelector('text=ログインしました');
  expect(await page.inputValue('#field-what')).toBe('');
  expect(await findingsWithoutJavaScript(page)).toEqual([]);
});

it('a printed log tells the year of each line', async () => {
  const sato = await busyCompany();
  const page = await stage.newPage({ javaScript: false });
  await comesSignedIn(page, sato.loginId, sato.password);
  await opens(page, '/log');
  await page.emulateMedia({ media: 'print' });
  const time = page.locator('tbody time').first();
  const title = (await time.getAttribute('title'))!;
  expect(title).toMatch(/^\d{4}年/);
  const printed = await time.evaluate((each) => getComputedStyle(each, '::after').content);
  expect(printed).toBe(`"${title}"`);
});

it('a log on A4 breaks no name, device or login ID, and says what it is of', async () => {
  const { people } = stage.genkan;
  const { corporation } = await stage.newcomer();
  const ito = await people.administratorExists({
    corporation,
    name: '伊藤 美咲',
    loginId: 'tanaka-demo',
  });
  const page = await stage.newPage({ javaScript: false });
  await comesSignedIn(page, ito.loginId, ito.password);
  await opens(page, '/log');
  await page.locator('.gk-printed').waitFor({ state: 'hidden' });
  await page.emulateMedia({ media: 'print' });
  // 180 mm, between the margins.
  await page.setViewportSize({ width: 680, height: 900 });
  await page.locator('.gk-printed').waitFor({ state: 'visible' });
  await page.locator('.gk-table--log td:last-child .gk-sub').evaluateAll((devices) => {
    for (const device of devices) device.textContent = 'Linux のブラウザー';
  });
  const broken = await page.locator('.gk-table--log tbody tr').evaluateAll((rows) =>
    rows.flatMap((row) =>
      [row.querySelector('[data-label="だれが"]')!, ...row.querySelectorAll('.gk-code, .gk-sub')]
        .flatMap((part) => [...part.childNodes])
        .filter((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return (
            node.nodeType === Node.TEXT_NODE &&
            new Set([...range.getClientRects()].map(({ top }) => top)).size > 1
          );
        })
        .map(({ textContent }) => textContent),
    ),
  );
  expect(broken).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(overflow).toBeLessThanOrEqual(680);
});
