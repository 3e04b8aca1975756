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
    .map(({ structuredText }) => structuredText.replaceAll(/\s+/g, ' ').trim());

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
    expect(rows[0]).toBe(
      '2026年11月22日(日) 9時01分 成功 ログインしました 192.0.2.7 Windows の Firefox',
    );
    expect(rows[1]).toBe(
      '2026年11月22日(日) 9時00分 失敗 パスワードが違いました 203.0.113.5 種類の分からないブラウザー',
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
    expect(seen[0]).toContain('2026年11月22日');
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
