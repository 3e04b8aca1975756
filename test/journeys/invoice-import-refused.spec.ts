import { startApp, type RunningApp } from '../support/app.js';
import { INVOICE_HEADER, invoiceRows, Invoices } from '../support/invoices.js';

const NOVEMBER = '1001,S-20417,110000,2026-11-01';

let running: RunningApp;
let invoices: Invoices;
beforeAll(async () => {
  running = await startApp();
  invoices = new Invoices(running);
  for (const corporateNumber of ['1001', '1002'])
    await running.people.corporationExists({ corporateNumber, name: `さくら${corporateNumber}` });
});
afterAll(() => running.stop());

describe('one bad row', () => {
  it.each([
    [
      '9999,S-1,1,2026-11-01',
      '3: 法人番号9999の法人が登録されていません。先に法人の一覧を取り込んでください。',
    ],
    [
      '10x1,S-1,1,2026-11-01',
      '3: 法人番号に数字以外の文字があります。ご請求書の法人番号を数字で入力してください。',
    ],
    ['1001,,,2026-11-01', '3: 請求書番号も請求金額もありません。どちらかを入れてください。'],
    ['1001,,0,2026-11-01', '3: 請求書番号がない行の請求金額は、1円以上にしてください。'],
    ['1001,,-500,2026-11-01', '3: 請求書番号がない行の請求金額は、1円以上にしてください。'],
    ['1001,S-1,11万,2026-11-01', '3: 請求金額は、円単位の整数で入れてください。例：110000'],
    ['1001,S-1,1,', '3: 発行日がありません。発行日を入れてください。'],
    ['1001,S-1,1,2026-02-30', '3: 発行日を読み取れません。例：2026-11-01、2026/11/1'],
    ['1001,S-1,1,11/1', '3: 発行日を読み取れません。例：2026-11-01、2026/11/1'],
    [`1001,${'1'.repeat(61)},1,2026-11-01`, '3: 請求書番号は60文字以内にしてください。'],
    [
      '1001,S-1,1,2026-11-01,x',
      '3: 見出しより列が多くあります。カンマを含む値は、引用符（"）で囲んでください。',
    ],
    [
      '1001,S-20417,1,2026-11-02',
      '3: 発行日が、同じ請求書番号の2行目と違います。どちらかにそろえてください。',
    ],
    [
      '1001,"S-1,1,2026-11-01',
      '3: この行の引用符（"）の使い方が正しくないため、ここから先を読み取れません。値の中の引用符は、2つ重ねて（""）書いてください。',
    ],
  ])('%s changes nothing, and is named', async (line, problem) => {
    const file = invoiceRows(NOVEMBER, line, '1002,,68200,2026-10-01');
    expect(await invoices.refusals(file)).toEqual([problem]);
    expect(await invoices.stored()).toEqual([]);
    expect((await invoices.log())[0]).toMatchObject({
      reason: 'rows-refused',
      facts: { problems: 1 },
    });
  });

  it('in each of several lines is named in their order', async () => {
    const file = invoiceRows('9999,S-1,1,2026-11-01', '1001,,,2026-11-01', '9998,S-1,1,2999-11-01');
    const named = await invoices.refusals(file);
    expect(named.map((problem) => problem.slice(0, 6))).toEqual([
      '2: 法人番',
      '3: 請求書',
      '4: 発行日',
    ]);
    expect(named[2]).toMatch(/発行日が先の日付です。\d{4}-\d\d-\d\dまでの日付にしてください。$/);
  });

  it.each([
    ['', '0: ファイルが空です。見出しの行と、請求書の行を入れてください。'],
    [
      `${INVOICE_HEADER.replace(',発行日', '')}\n${NOVEMBER}`,
      '1: 見出しの行に、列「発行日」がありません。',
    ],
  ])('a file without a header is refused at once (%#)', async (file, problem) => {
    expect(await invoices.refusals(file)).toEqual([problem]);
  });

  it('characters that are in no encoding are named with their line', async () => {
    const bytes = Buffer.concat([
      Buffer.from(invoiceRows('1001,請求さくら,1,2026-11-01', '1001,こわれ')),
      Buffer.from([0xe3, 0x81]),
      Buffer.from('た番号のある行です,1,2026-11-01\n1002,,68200,2026-10-01'),
    ]);
    expect(await invoices.refusals(bytes)).toEqual([
      expect.stringMatching(/^3: UTF-8としてもShift_JISとしても読み取れない文字があります。/),
    ]);
  });
});
