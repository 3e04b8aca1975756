import { DemoData } from '../../src/demo/demo-data.js';
import { AS_DEMO } from '../support/demo.js';
import { invoicedCompany } from '../support/invoices.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import { opens, submits } from './wizard.js';

const FIELD = '請求書番号（または請求金額）';
const AOBA = { corporateNumber: '1000001', transferAccountNumber: '0012345' };

const stage = Stage.forThisFile({ ...AS_DEMO, enrollmentProof: 'invoice' });
beforeAll(async () => {
  const { app, pool } = stage.genkan;
  await app.get(DemoData).load();
  // As a demo of a former version, which had none.
  await pool.query('delete from invoices');
  await app.get(DemoData).load();
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody finds the number of the invoice and shows it (JavaScript: $javaScript, $width px)',
  async ({ javaScript, width, Hands }) => {
    const number = `65${width}${Number(javaScript)}`;
    const { corporateNumber } = await invoicedCompany(stage.genkan, number);
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(...texts: string[]): Promise<void> {
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect(await found).toEqual([]);
    }

    await page.goto('/initiate');
    await reads('請求書番号のないご請求書では請求金額');
    await person.follows('登録へ進む');
    await person.opens('請求書のどこに書かれていますか');
    await reads('請求書番号は法人番号の下に記載されています。');
    await page.getByRole('img', { name: '請求書番号S-20417' }).waitFor();
    await person.fills('法人番号', corporateNumber);
    await person.fills('お振込先口座番号', '0012345');
    await person.presses('確認');
    await reads(`${FIELD}を入力してください。`);
    await person.fills(FIELD, '１１０，０００円');
    await person.presses('確認');
    await reads('組み合わせを確認できませんでした');
    await person.fills(FIELD, 'ｓ－２０４１７');
    await person.presses('確認');
    await page.waitForURL((url) => url.pathname === '/initiate/details');
  },
);

it.each(['A-20417', 'Ａ２０３８９'])(
  'the tour says what to enter, and the demo takes it (%s)',
  async (typed) => {
    const page = await stage.newPage();
    await opens(page, '/dev');
    await page.locator('#stop-1').getByText(FIELD).waitFor();
    await page.locator('#stop-1').getByText('A-20417').waitFor();
    await opens(page, '/initiate/numbers');
    expect(await submits(page, { ...AOBA, invoice: typed })).toBe(200);
    expect(new URL(page.url()).pathname).toBe('/initiate/details');
  },
);

it('an invoice of the demo without a number shows its amount alone', async () => {
  const page = await stage.newPage();
  await opens(page, '/dev/invoices');
  await page.locator('main').getByText('73,480円').waitFor();
  const drawn = async (number: string) =>
    (await page.request.get(`/dev/invoices/${number}.svg`)).text();
  expect(await drawn('3000003')).not.toContain('請求書番号');
  expect(await drawn('3000003')).toContain('73,480円');
  expect(await drawn('1000001')).toContain('>A-20417<');
  expect(await drawn('1000001')).toMatch(/請求日　\d{4}年\d{1,2}月1日/);
  for (const number of ['1000001', '2000002', '3000003'])
    expect(await drawn(number)).not.toMatch(/S-20417|見本商事|1234567/);
});

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each([
    '/initiate',
    '/initiate/numbers',
    '/admin-enrollment',
    '/admin-enrollment/numbers',
    '/help/numbers',
    '/help/predecessor',
    '/help/guide-registration',
    '/dev?stop=1',
    '/dev/invoices',
  ])('%s is fit for everybody', async (path) => {
    const page = await stage.newPage({}, language);
    expect(await opens(page, path)).toBe(200);
    const help = page.locator('main .gk-details summary');
    if ((await help.count()) > 0) await help.first().click();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
