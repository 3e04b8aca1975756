import type { Visitor } from '../../support/browser.js';
import { listExists } from '../../support/ip-lists.js';
import { HOME, inDays, OFFICE, Restricted } from '../../support/restricted.js';

const stage = Restricted.forThisFile();
const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/;

/** At home, past the refused page. */
async function emergency(): Promise<Visitor> {
  const office = await stage.visits(stage.sato);
  await office.opens('/ip-restriction/tickets');
  await office.follows('新しい番号の発行へ進む');
  await office.presses('新しく10個発行する');
  const [ticket = ''] = CODE.exec(office.page.text)!;
  const person = await stage.visits(stage.sato, HOME);
  person.fills('パスワード', stage.sato.password);
  person.fills('緊急用チケット', ticket);
  await person.presses('緊急用チケットを使う');
  expect(person.page.path).toBe('/ip-restriction');
  expect(person.page.notice).toContain('緊急用チケットを使いました');
  return person;
}

it('the office moved: with a ticket the list is repaired on trial, and confirmed from the new address', async () => {
  const sato = await emergency();
  await sato.follows('設定を編集する');
  await sato.presses(`${HOME}/32 を追加`);
  const { rows } = await stage.running.pool.query<{ edition: number }>(
    'select edition from ip_drafts where corporation_id = $1',
    [stage.sakura.id],
  );
  const fields = { list: 'draft', edition: String(rows[0]!.edition), act: 'apply', minutes: '' };
  const applied = await sato.sends('POST', '/ip-restriction/trial', { fields });
  expect([applied.status, applied.text.includes('試行だけを始められます')]).toEqual([422, true]);

  await sato.opens('/ip-restriction/trial');
  await sato.presses('試行を始める');
  expect(sato.page.h1).toBe('IPアドレス制限の試行中');
  expect((await stage.visits(stage.suzuki, HOME)).page.h1).toBe('TOPページ');
  await sato.presses('確定する');
  expect(sato.page.path).toBe('/ip-restriction/confirmation');
  expect(sato.page.text).toContain('ログアウトしてから、通常どおりログインしてください。');
  expect((await sato.sends('GET', '/')).status).toBe(403);
  expect(sato.page.text).toContain('ログアウトして、ログインし直してください。');
  expect(sato.page.text).not.toContain('設定の編集へ進む');
  expect((await stage.visits(stage.sato, HOME)).page.h1).toBe('TOPページ');
  await sato.presses('ログアウトして、ログインページへ進む');
  expect(sato.page.path).toBe('/login');
  await listExists(stage.running, stage.sakura, ['198.51.100.0/24']);
});

it('a trial that does not admit the one with the ticket is confirmed by nobody there', async () => {
  const sato = await emergency();
  await sato.opens('/ip-restriction/draft');
  sato.fills('貼り付ける行', '192.0.2.0/24,支店');
  await sato.presses('貼り付けた行を追加');
  await sato.opens('/ip-restriction/trial');
  await sato.presses('試行を始める');
  const { rows } = await stage.running.pool.query<{ id: string }>(
    'select ip_version_in_force($1) as id',
    [stage.sakura.id],
  );
  const fields = { version: rows[0]!.id };
  const answer = await sato.sends('POST', '/ip-restriction/confirmation', { fields });
  expect(answer.status).toBe(403);
  await stage.running.clock.advance('11 minutes');
  expect((await stage.visits(stage.suzuki, OFFICE)).page.h1).toBe('TOPページ');
  expect((await stage.visits(stage.suzuki, '192.0.2.1')).page.status).toBe(403);
});

it('a trial that the company runs lets nothing be added meanwhile', async () => {
  const asker = await stage.visits(stage.suzuki, HOME);
  asker.fills('目的', '在宅勤務のため');
  asker.fills('利用終了日', await inDays(stage.running, 5));
  await asker.presses('依頼を送る');
  const sato = await stage.visits(stage.sato);
  await sato.opens('/ip-restriction/requests');
  await sato.follows('鈴木 次郎 様の依頼に返事をする');
  const other = sato.tab();
  await other.opens('/ip-restriction/draft');
  other.fills('貼り付ける行', '192.0.2.0/25,倉庫');
  await other.presses('貼り付けた行を追加');
  await other.opens('/ip-restriction/trial');
  await other.presses('試行を始める');
  await sato.presses('許可する');
  expect([sato.page.status, sato.page.errors[0]]).toEqual([
    422,
    expect.stringContaining('設定の試行中のため、依頼を許可できません。'),
  ]);
});
