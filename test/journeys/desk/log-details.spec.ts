import type { Visitor } from '../../support/browser.js';
import { leadAtDesk, tableOf, type DeskStage } from '../../support/desk-imports.js';
import { deskPersonExists, signsInAtDesk } from '../../support/desk.js';
import { saidIn } from '../../support/log.js';
import { companyExists, type Company } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';

const REFUSED = '権限のないページを開こうとしました';
const SAVED = '操作の記録をダウンロードしました';
const ASKED = [
  'オペレーター：田村',
  '操作の種類：ファイルのダウンロード',
  '結果：完了したもの',
  '2026年1月1日(木)から',
  '2099年12月31日(木)まで',
];

let stage: DeskStage;
let lead: Visitor;
let company: Company;
let number: string;
beforeAll(async () => {
  stage = await leadAtDesk();
  ({ lead } = stage);
  const { running } = stage;
  const nakai = running.visitor();
  await signsInAtDesk(nakai, await deskPersonExists(running, { loginId: 'nakai', name: '中井' }));
  await nakai.sends('GET', `/desk/operators/new?${'x'.repeat(10)}`);
  await nakai.sends('GET', `/desk/imports/${'a'.repeat(3000)}`);
  company = await companyExists(running);
  const { rows } = await running.pool.query<{ number: string }>(
    'select corporate_number as number from corporations where id = $1',
    [company.corporation.id],
  );
  ({ number } = rows[0]!);
  const asked = { operator: '田村', what: 'files', outcome: 'done' };
  const days = { since: '2026-01-01', until: '2099-12-31' };
  await saves({ ...asked, ...days, company: number });
  await saves({});
});
afterAll(() => stage.running.stop());

async function saves(filter: Record<string, string>): Promise<void> {
  const { status } = await lead.sends('POST', '/desk/log/export', {
    fields: { ...filter, format: 'utf-8' },
  });
  expect(status).toBe(200);
}

/** What the log says of it on the page, in the table and in the other file, the newest first. */
async function told(what: string): Promise<Record<'page' | 'csv' | 'ndjson', string[]>> {
  await lead.opens('/desk/log');
  const page = tableOf(lead);
  await lead.presses('CSVをダウンロード（UTF-8）');
  const csv = lead.page.html.split('\r\n');
  await lead.opens('/desk/log');
  await lead.presses('NDJSONをダウンロード');
  const ndjson = lead.page.html.split('\n');
  const about = (lines: string[]) => lines.filter((line) => line.includes(what));
  return { page: about(page), csv: about(csv), ndjson: about(ndjson) };
}

it('names the page that was refused by its path, on the page and in both files', async () => {
  const { page, csv, ndjson } = await told(REFUSED);
  for (const [long, short] of [page, csv, ndjson]) {
    expect(short).toMatch(/ページ：\/desk\/operators\/new(?!\?)/);
    expect(long).toMatch(/ページ：\/desk\/imports\/a+/);
    expect(long!.length).toBeLessThan(700);
  }
});

it('says what a saved log was narrowed to, by which company too, and nothing of a whole one', async () => {
  const { page, csv, ndjson } = await told(SAVED);
  for (const lines of [page, csv, ndjson]) {
    const narrowed = lines.find((line) => line.includes(number))!;
    for (const detail of ASKED) expect(narrowed).toContain(detail);
    const whole = lines.filter((line) => line !== narrowed);
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.join('')).not.toMatch(/オペレーター：|操作の種類：|結果：|から|まで/);
  }
});

it('is a line of the company whose rows were saved, which does not read who, nor of what', async () => {
  const sato = stage.running.visitor();
  await signsIn(sato, company.sato);
  const [line] = await saidIn(sato, { what: 'files' });
  expect(line).toBe(`${SAVED} CSV`);
});
