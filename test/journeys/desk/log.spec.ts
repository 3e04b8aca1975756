import type { Visitor } from '../../support/browser.js';
import { leadAtDesk, tableOf, type DeskStage } from '../../support/desk-imports.js';
import { deskPersonExists, signsInAtDesk } from '../../support/desk.js';
import { companyExists, type Company } from '../../support/members.js';

let stage: DeskStage;
let nakai: Visitor;
let [sakura, sumire]: Company[] = [];
beforeAll(async () => {
  stage = await leadAtDesk();
  const { running } = stage;
  nakai = running.visitor();
  await signsInAtDesk(nakai, await deskPersonExists(running, { loginId: 'nakai', name: '中井' }));
  [sakura, sumire] = [await companyExists(running), await companyExists(running)];
  await acts(stage.lead, sakura!, '登記を確認しました');
  await acts(nakai, sumire!, 'お電話で承りました');
});
afterAll(() => stage.running.stop());

/** Closes and opens the company. */
async function acts(who: Visitor, { corporation }: Company, why: string): Promise<void> {
  for (const [act, button] of [
    ['close', '法人の利用を終了する'],
    ['open', '法人の利用を再開する'],
  ] as const) {
    await who.opens(`/desk/corporations/${corporation.id}/acts/${act}`);
    who.fills('理由', why);
    await who.presses(button);
  }
}

const numberOf = async ({ corporation }: Company): Promise<string> => {
  const { rows } = await stage.running.pool.query<{ number: string }>(
    'select corporate_number as number from corporations where id = $1',
    [corporation.id],
  );
  return rows[0]!.number;
};

it('shows a lead what everybody of the desk did, at each company, with name and reason', async () => {
  const { lead } = stage;
  await lead.opens('/desk');
  await lead.follows('担当窓口の記録', '検索');
  const lines = tableOf(lead).join('\n');
  expect(lines).toMatch(/担当窓口（田村） .*終了.*理由：登記を確認しました/);
  expect(lines).toMatch(/担当窓口（中井） .*再開.*理由：お電話で承りました/);
  expect(lines).toContain(await numberOf(sakura!));
  expect(lines).toContain(await numberOf(sumire!));
  expect(lines).not.toContain('様');
});

it('is narrowed by operator, company, kind, result and day', async () => {
  const { lead } = stage;
  await lead.opens('/desk/log');
  lead.fills('オペレーター', '中井');
  await lead.presses('検索');
  expect(tableOf(lead).length).toBeGreaterThan(2);
  expect(tableOf(lead).every((line) => line.includes('担当窓口（中井）'))).toBe(true);

  await lead.opens(`/desk/log?company=${await numberOf(sakura!)}`);
  expect(tableOf(lead).every((line) => line.includes('担当窓口（田村）'))).toBe(true);
  lead.fills('操作の種類', 'ご契約');
  await lead.presses('検索');
  expect(tableOf(lead)).toHaveLength(3);
  lead.fills('操作の種類', 'IPアドレス制限');
  await lead.presses('検索');
  expect(lead.page.text).toContain('条件に合う記録はありません。');

  await lead.opens('/desk/log?outcome=refused');
  expect(tableOf(lead).every((line) => !line.includes('完了'))).toBe(true);
  await lead.opens('/desk/log?since=2099-01-01');
  expect(lead.page.text).toContain('条件に合う記録はありません。');
});

it.each([
  ['company', '9999999', '法人番号', 'この番号の法人はありません'],
  ['operator', '三浦', 'オペレーター', 'オペレーターは、一覧から選んでください'],
  ['since', 'yesterday', 'この日から', '始まりの日は、2026-11-23のように'],
])('says what is wrong with %s', async (name, value, label, words) => {
  const { lead } = stage;
  await lead.opens(`/desk/log?${name}=${encodeURIComponent(value)}`);
  expect(lead.page.status).toBe(422);
  expect(lead.page.errorsAt(label)[0]).toContain(words);
});

it('shows a clerk the own lines alone, whatever the address says', async () => {
  for (const query of ['', '?operator=%E7%94%B0%E6%9D%91', `?company=${await numberOf(sakura!)}`]) {
    await nakai.opens(`/desk/log${query}`);
    expect([query, nakai.page.status]).toEqual([query, 200]);
    expect(nakai.page.text).not.toContain('田村');
  }
  await nakai.opens('/desk/log');
  expect(tableOf(nakai).join('\n')).toContain('担当窓口（中井）');
});

it('goes on page by page without losing or repeating a line', async () => {
  const { lead, running } = stage;
  await running.pool.query(
    `insert into audit_entries (at, act, reason, facts)
     select genkan_now() - n * interval '1 minute', 'desk-search', 'done',
            jsonb_build_object('operator', '田村', 'n', n)
     from generate_series(1, 70) n`,
  );
  await lead.opens('/desk/log?what=service&operator=%E7%94%B0%E6%9D%91&since=2026-01-01');
  const seen = tableOf(lead);
  while (lead.page.text.includes('これより前の記録') && seen.length < 200) {
    await lead.follows('これより前の記録');
    seen.push(...tableOf(lead));
  }
  expect(seen.filter((line) => line.includes('検索しました'))).toHaveLength(70);
});

it('is saved as a file with what the page shows, which is a line itself', async () => {
  const { lead, running } = stage;
  await lead.opens(`/desk/log?company=${await numberOf(sumire!)}`);
  await lead.presses('NDJSONをダウンロード');
  const rows = lead.page.html
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { act: string });
  expect(rows[0]).toMatchObject({
    act: 'log-export',
    who: '担当窓口（田村）',
    details: ['NDJSON'],
  });
  expect(rows.length).toBeGreaterThanOrEqual(3);
  for (const row of rows.slice(1))
    expect(row).toMatchObject({
      who: '担当窓口（中井）',
      corporation: { number: await numberOf(sumire!) },
    });
  const { rows: logged } = await running.pool.query<{ facts: object }>(
    `select facts - 'browser' - 'system' as facts from audit_entries
     where act = 'log-export' and corporation_id = $1`,
    [sumire!.corporation.id],
  );
  expect(logged).toEqual([{ facts: { operator: '田村', format: 'ndjson' } }]);

  await lead.opens('/desk/log');
  await lead.presses('CSVをダウンロード（UTF-8）');
  expect(lead.page.html.split('\r\n')[0]).toContain('"法人番号","法人名"');
});

it('knows whom a search showed, by ids, and not what was typed', async () => {
  await nakai.opens(`/desk/search?q=${await numberOf(sakura!)}`);
  const { rows } = await stage.running.pool.query<{ facts: object }>(
    `select facts from audit_entries where act = 'desk-search' order by id desc limit 1`,
  );
  const { id } = sakura!.corporation;
  expect(rows[0]!.facts).toMatchObject({ operator: '中井', corporations: id, people: '' });
  expect(JSON.stringify(rows[0]!.facts)).not.toContain(await numberOf(sakura!));
});
