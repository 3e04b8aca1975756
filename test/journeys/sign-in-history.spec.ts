import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import type { Visitor } from '../support/browser.js';
import { signedIn } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00')));

function suzuki(): Promise<Member> {
  people += 1;
  return running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
  });
}

const rowsOf = ({ page }: Visitor): string[] =>
  page.root
    .querySelectorAll('tbody tr')
    .map(({ structuredText }) =>
      structuredText.replaceAll(/\s+/g, ' ').replaceAll('2026/', '').trim(),
    );

const pathOf = ({ id }: Member) => `/accounts/${id}/sign-ins`;

describe('ログイン履歴', () => {
  it('tells when and from where it succeeded or failed, and why', async () => {
    const member = await suzuki();
    const stranger = running.visitor({ address: '203.0.113.5', browser: 'curl/8.5.0' });
    for (let times = 0; times < 6; times += 1)
      await signsIn(stranger, { ...member, password: 'wrong-2026-password' });
    await signsIn(stranger, member);
    await running.clock.advance('1 minute');
    const person = await signedIn(running, member, { address: '192.0.2.7' });
    await person.follows('ログイン履歴', 'いつ、どこから');
    expect(person.page.h1).toBe('ログイン履歴');
    const rows = rowsOf(person);
    expect(rows[0]).toBe('11/22 9:01 成功 ログインしました 192.0.2.7 Windows の Firefox');
    expect(rows[1]).toBe(
      '11/22 9:00 失敗 パスワードが違いました 203.0.113.5 種類の分からないブラウザー',
    );
    expect(rows).toHaveLength(7);
  });

  it('tells that the account was suspended or deleted', async () => {
    const member = await suzuki();
    const becomes = (state: string) =>
      running.pool.query('update accounts set state = $2 where id = $1', [member.id, state]);
    for (const state of ['suspended', 'deleted']) {
      await becomes(state);
      await signsIn(running.visitor(), member);
    }
    await becomes('active');
    const person = await signedIn(running, member);
    await person.opens('/me/sign-ins');
    expect(rowsOf(person)).toEqual([
      expect.stringContaining('ログインしました'),
      expect.stringContaining('アカウントが削除されていました'),
      expect.stringContaining('アカウントが停止されていました'),
    ]);
  });

  it('goes back 90 days, twenty at a time', async () => {
    const member = await suzuki();
    await running.pool.query(
      `insert into audit_entries (at, corporation_id, account_id, act, reason, address)
       select genkan_now() - make_interval(days => 101 - n), $1, $2, 'sign-in', 'done', '198.51.100.1'
       from generate_series(1, 100) n`,
      [sakura.id, member.id],
    );
    const person = await signedIn(running, member);
    await person.opens('/me/sign-ins');
    const seen = [...rowsOf(person)];
    while (person.page.text.includes('これより前の記録')) {
      await person.follows('これより前の記録');
      seen.push(...rowsOf(person));
      expect(rowsOf(person).length).toBeLessThanOrEqual(20);
    }
    // The day that is exactly 90 days ago is over; today's is one more.
    expect(seen).toHaveLength(90);
    expect(new Set(seen).size).toBe(90);
    expect(seen[0]).toContain('11/22 9:00');
    await person.follows('最新の記録へ');
    expect(rowsOf(person)[0]).toBe(seen[0]);
  });

  it('shows nothing of others, whatever the address says', async () => {
    await signedIn(running, sato, { address: '198.51.100.77' });
    const person = await signedIn(running, await suzuki());
    for (const query of [
      '',
      '?before=99999999',
      `?accountId=${sato.id}`,
      '?before=x',
      '?before=1&before=2',
    ]) {
      const page = await person.opens(`/me/sign-ins${query}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('198.51.100.77');
    }
    expect((await person.opens('/me/sign-ins?before=1')).text).toContain(
      'これより前の記録はありません。',
    );
  });
});

describe('the own history as a file', () => {
  it('has all of 90 days in both encodings', async () => {
    const member = await suzuki();
    await running.pool.query(
      `insert into audit_entries (at, corporation_id, account_id, act, reason, address)
       select genkan_now() - make_interval(mins => 1201 - n), $1, $2, 'sign-in', 'password-wrong', '192.0.2.4'
       from generate_series(1, 1200) n`,
      [sakura.id, member.id],
    );
    const person = await signedIn(running, member);
    await person.opens('/me/sign-ins');
    const file = await person.follows('CSVをダウンロード（UTF-8）');
    expect(file.headers['content-disposition']).toBe('attachment; filename="sign-ins.csv"');
    expect(file.headers['cache-control']).toBe('no-store');
    const lines = file.html.split('\r\n');
    expect(lines[0]).toBe('\uFEFF"日時","成否","結果","接続元","端末"');
    expect(lines[1]).toMatch(/^"2026-11-22 09:00:00","成功","ログインしました","[\d.]+",/);
    expect(lines[2]).toContain('"2026-11-22 08:59:00","失敗","パスワードが違いました","192.0.2.4"');
    expect(lines).toHaveLength(1203);
    const other = await person.sends('GET', '/me/sign-ins/export?encoding=shift_jis');
    expect(other.headers['content-type']).toBe('text/csv; charset=shift_jis');
  });
});

describe("a person's history", () => {
  it('is read by administrators of the company, from the page of the person', async () => {
    const member = await suzuki();
    await signsIn(running.visitor({ address: '203.0.113.9' }), {
      ...member,
      password: 'wrong-1234',
    });
    await signedIn(running, member, { address: '192.0.2.30' });
    const person = await signedIn(running, sato);
    await person.opens(`/accounts/${member.id}`);
    await person.follows('ログイン履歴を見る');
    expect(person.page.text).toContain('鈴木 次郎 様の、この90日間のログインの記録です。');
    expect(rowsOf(person)).toEqual([
      expect.stringContaining('成功 ログインしました 192.0.2.30'),
      expect.stringContaining('失敗 パスワードが違いました 203.0.113.9'),
    ]);
    await person.follows('鈴木 次郎 様のページへ戻る');
    expect(person.page.h1).toBe('利用者情報の変更');
    await person.opens(pathOf(sato));
    expect(person.page.path).toBe('/me/sign-ins');
  });

  it('is nothing for staff, other companies, and of people who are erased', async () => {
    const member = await suzuki();
    const staff = await signedIn(running, await suzuki());
    expect((await staff.opens(pathOf(member))).status).toBe(403);
    const elsewhere = await running.people.corporationExists({
      corporateNumber: '7654321',
      name: '株式会社となり',
    });
    const given = { corporation: elsewhere, loginId: 'tonari', name: '隣 一子' };
    const stranger = await signedIn(running, await running.people.administratorExists(given));
    expect((await stranger.opens(pathOf(member))).status).toBe(404);
    const person = await signedIn(running, sato);
    expect((await person.opens(pathOf(member))).status).toBe(200);
    await running.pool.query(
      `update accounts set state = 'deleted', deleted_at = genkan_now(), name = '' where id = $1`,
      [member.id],
    );
    expect((await person.opens(pathOf(member))).status).toBe(404);
  });
});
