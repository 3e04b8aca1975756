import {
  fact,
  imports,
  isThrough,
  leadAtDesk,
  readsFileOfOther,
  presses,
  tableOf,
  uploads,
  type DeskStage,
} from '../../support/desk-imports.js';
import { INVOICE_HEADER } from '../../support/invoices.js';
import { HEADER, SAKURA } from '../../support/master-data.js';

let stage: DeskStage;
beforeAll(async () => {
  stage = await leadAtDesk();
});
afterAll(() => stage.running.stop());

describe('a form', () => {
  it.each([
    ['no file', new Uint8Array(), ['CSVファイルを選んでください。']],
    ['a workbook', Buffer.from('PK\x03\x04…'), [expect.stringContaining('Excelのブック')]],
  ])('with %s says what to do', async (_, file, errors) => {
    const { lead } = stage;
    await lead.opens('/desk/imports');
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
    lead.attaches('CSVファイル', Buffer.alloc(20 * 1024 * 1024 + 1, 'x'));
    await lead.presses('ファイルの内容を確認する');
    expect(lead.page.status).toBe(413);
  });
});

it('more lines than a report shows are refused before anything is kept', async () => {
  const { lead } = stage;
  await lead.opens('/desk/imports');
  lead.attaches('CSVファイル', Buffer.from('x,,,,\n'.repeat(100_001)));
  await lead.presses('ファイルの内容を確認する');
  expect(lead.page.errors).toEqual([expect.stringContaining('ファイルの行が多すぎます。')]);
});

describe('invoices', () => {
  it('are counted before, and kept by one press', async () => {
    const { lead } = stage;
    await imports(stage, SAKURA);
    const file = [INVOICE_HEADER, '1001,S-1,110000,2026-10-31', '1001,S-2,99000,2026-11-20'];
    await readsFileOfOther(stage, file.join('\n'), 'ご請求書の一覧');
    expect(fact(lead, '新しい請求書')).toBe('2');
    expect(tableOf(lead)).toEqual([
      '1001 変更 さくら商事 新しい請求書：2026年10月31日(土)発行 新しい請求書：2026年11月20日(金)発行',
    ]);
    await presses(stage, '取り込む');
    await isThrough(lead);
    expect(lead.page.text).toContain('取り込みました');
    const kept = await stage.running.pool.query('select from invoices');
    expect(kept.rowCount).toBe(2);
  });

  it('that replace older ones say which, by their days, and in the report', async () => {
    const { lead } = stage;
    await imports(stage, '1002,すみれ,,0020001,', '1003,もみじ,,0030001,');
    const first = [INVOICE_HEADER, '1003,T-1,110000,2026-09-30', '1003,T-2,99000,2026-10-31'];
    await readsFileOfOther(stage, first.join('\n'), 'ご請求書の一覧');
    await presses(stage, '取り込む');
    await isThrough(lead);
    const next = [...first, '1003,T-3,1000,2026-11-20', '1002,U-1,1000,2026-11-20'];
    await readsFileOfOther(stage, next.join('\n'), 'ご請求書の一覧');
    expect(tableOf(lead)).toEqual([
      '1002 変更 すみれ 新しい請求書：2026年11月20日(金)発行',
      '1003 変更 もみじ 新しい請求書：2026年11月20日(金)発行 削除する古い請求書：2026年9月30日(水)発行',
    ]);
    await lead.follows('報告書をダウンロード（UTF-8）');
    expect(lead.page.html).toContain(
      '"変更","","1003","もみじ","削除する請求書の発行日","2026-09-30",""',
    );
    await readsFileOfOther(stage, first.join('\n'), 'ご請求書の一覧');
    expect(tableOf(lead)).toEqual([]);
  });

  it('of more companies than a report names are counted all the same', async () => {
    const { lead } = stage;
    const numbers = Array.from({ length: 1_003 }, (_, n) => String(5_000 + n));
    await imports(stage, ...numbers.map((number) => `${number},会社${number},,${number},`));
    const file = [INVOICE_HEADER, ...numbers.map((number) => `${number},V-1,1000,2026-11-20`)];
    await readsFileOfOther(stage, file.join('\n'), 'ご請求書の一覧');
    expect(fact(lead, '変更のある法人')).toBe('1003');
    expect(lead.page.text).toContain('全1000件中 1〜50件');
    expect(lead.page.text).toContain('ほかに3法人の変更があります。');
  });

  it.each([
    ['法人の一覧', HEADER],
    ['ご請求書の一覧', INVOICE_HEADER],
  ])('of the kind %s with a heading alone say so, and import nothing', async (kind, heading) => {
    const { lead } = stage;
    await uploads(lead, `${heading}\n\n`, kind);
    expect(tableOf(lead)).toEqual([
      '— 見出しの行だけです。見出しの下に、取り込む内容の行を入れてください。',
    ]);
    expect(lead.page.html).not.toContain('value="import"');
  });

  it('keep their kind where the file is missing, and in the other language', async () => {
    const { lead } = stage;
    await lead.opens('/desk/imports');
    await lead.follows('ご請求書の一覧');
    expect(lead.page.root.querySelector('label[for=field-file]')!.text).toContain('※必須');
    await lead.presses('ファイルの内容を確認する');
    expect(lead.page.errors).toEqual(['CSVファイルを選んでください。']);
    await lead.presses('English');
    expect(lead.page.content('[name=kind]').getAttribute('value')).toBe('invoices');
    await lead.presses('日本語');
  });

  it('of unknown companies are refused by their lines', async () => {
    const { lead } = stage;
    const file = [INVOICE_HEADER, '9999,S-1,110000,2026-10-31'];
    await readsFileOfOther(stage, file.join('\n'), 'ご請求書の一覧');
    expect(tableOf(lead)).toEqual([
      expect.stringMatching(/^2行目 法人番号9999の法人が登録されていません/),
    ]);
  });
});
