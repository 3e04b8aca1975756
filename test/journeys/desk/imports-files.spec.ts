import {
  fact,
  imports,
  isThrough,
  leadAtDesk,
  presses,
  tableOf,
  uploads,
  type DeskStage,
} from '../../support/desk-imports.js';
import { INVOICE_HEADER } from '../../support/invoices.js';
import { SAKURA } from '../../support/master-data.js';

let stage: DeskStage;
beforeAll(async () => {
  stage = await leadAtDesk();
});
afterAll(() => stage.running.stop());

describe('a form', () => {
  it.each([
    [
      'no kind and no file',
      '',
      new Uint8Array(),
      ['取り込む内容を選んでください。', 'CSVファイルを選んでください。'],
    ],
    [
      'a workbook',
      '法人の一覧',
      Buffer.from('PK\x03\x04…'),
      [expect.stringContaining('Excelのブック')],
    ],
  ])('with %s says what to do', async (_, kind, file, errors) => {
    const { lead } = stage;
    await lead.opens('/desk/imports');
    if (kind) lead.checks(kind);
    lead.attaches('CSVファイル', file);
    await lead.presses('ファイルの内容を確認する');
    expect(lead.page.status).toBe(422);
    expect(lead.page.errors).toEqual(errors);
  });

  it('promises nobody that a file comes back after the session', async () => {
    const { lead } = stage;
    await lead.opens('/desk/imports');
    expect(lead.page.html).toContain('ファイルと入力中の内容は、それまでに送信してください。');
    expect(lead.page.html).not.toContain('ログインし直すと元に戻ります');
  });

  it('with a file that is too large is refused', async () => {
    const { lead } = stage;
    await lead.opens('/desk/imports');
    lead.checks('法人の一覧');
    lead.attaches('CSVファイル', Buffer.alloc(20 * 1024 * 1024 + 1, 'x'));
    await lead.presses('ファイルの内容を確認する');
    expect(lead.page.status).toBe(413);
  });
});

it('more lines than a report shows are refused before anything is kept', async () => {
  const { lead } = stage;
  await lead.opens('/desk/imports');
  lead.checks('法人の一覧');
  lead.attaches('CSVファイル', Buffer.from('x,,,,\n'.repeat(100_001)));
  await lead.presses('ファイルの内容を確認する');
  expect(lead.page.errors).toEqual([expect.stringContaining('ファイルの行が多すぎます。')]);
});

describe('invoices', () => {
  it('are counted before, and kept by one press', async () => {
    const { lead } = stage;
    await imports(stage, SAKURA);
    const file = [INVOICE_HEADER, '1001,S-1,110000,2026-10-31', '1001,S-2,99000,2026-11-20'];
    await uploads(lead, file.join('\n'), 'ご請求書の一覧');
    expect(fact(lead, '新しい請求書')).toBe('2');
    await presses(stage, '取り込む');
    await isThrough(lead);
    expect(lead.page.text).toContain('取り込みました');
    const kept = await stage.running.pool.query('select from invoices');
    expect(kept.rowCount).toBe(2);
  });

  it('of unknown companies are refused by their lines', async () => {
    const { lead } = stage;
    const file = [INVOICE_HEADER, '9999,S-1,110000,2026-10-31'];
    await uploads(lead, file.join('\n'), 'ご請求書の一覧');
    expect(tableOf(lead)).toEqual([
      expect.stringMatching(/^2行目 法人番号9999の法人が登録されていません/),
    ]);
  });
});
