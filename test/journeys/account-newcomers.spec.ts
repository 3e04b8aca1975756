import { startApp, type RunningApp } from '../support/app.js';
import { chooses, signedIn } from '../support/members.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function tanakaOf({ corporation }: LeftBehind): Promise<Member> {
  const loginId = `tanaka-${corporation.corporateNumber}`;
  return running.people.administratorExists({ corporation, loginId, name: '田中 健' });
}

async function hayashiOf({ corporation }: LeftBehind): Promise<Member> {
  const loginId = `hayashi.${corporation.corporateNumber}@hinoki.example`;
  return running.people.staffExists({ corporation, loginId, name: '林 次郎' });
}

async function rowsOf(table: 'sessions' | 'devices', { id }: Member): Promise<number> {
  const statement = `select count(*)::int from ${table} where account_id = $1`;
  const { rows } = await running.pool.query(statement, [id]);
  return rows[0].count;
}

describe('a newcomer in probation', () => {
  it('reads on the TOP page until when, what is closed, and what shortens it', async () => {
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    const left = await leftBehind(running);
    const newcomer = await takesOverAndSignsIn(running, left);
    const notices = () =>
      newcomer.page.root
        .querySelectorAll('.gk-notice--info')
        .map((notice) => notice.structuredText.trim());
    expect(notices()[0]).toContain('以前からの管理者の方、または担当窓口が登録を承認すると');
    await chooses(newcomer, left.sato);
    await newcomer.presses('削除');
    await objectionLink(running, left.sato);
    expect((await running.mailbox.mailTo(left.sato.email)).text).toMatch(
      /^2026年12月4日\(金\) 9時00分（日本時間）までに申し立てると.*\n?そのあとも2026年12月31日/m,
    );
    await newcomer.opens('/');
    expect(notices()).toEqual([
      expect.stringContaining(
        '2026年12月4日(金) 9時00分（日本時間）までは、一部の操作をご利用いただけません。対象は、利用者の追加・変更、一覧のダウンロード、操作の記録、セキュリティ設定、IPアドレス制限の設定です。',
      ),
    ]);
    // Nobody is left in the company who could.
    expect(notices()[0]).toMatch(/です。担当窓口が登録を承認すると/);
    await newcomer.opens('/log');
    expect(newcomer.page.text).toContain('操作の記録、セキュリティ設定');
    expect(newcomer.page.text).not.toContain('以前からの管理者');
    await newcomer.opens('/');
    const cards = newcomer.page.root.querySelectorAll('.gk-status');
    const offered = cards.flatMap((card) => card.querySelectorAll('a'));
    for (const link of offered)
      expect((await newcomer.sends('GET', link.getAttribute('href')!)).status).toBe(200);
    expect(cards.map(({ text }) => text).join()).toContain(
      '9時00分（日本時間）まではご利用いただけません',
    );
    expect(newcomer.page.text).not.toContain('管理者が1名だけです。');
    await newcomer.opens('/accounts');
    expect(newcomer.page.text).not.toContain('管理者が1名だけです。');
    await newcomer.opens('/');
    await newcomer.presses('English');
    expect(newcomer.page.text).toMatch(/Until .*4.* not open to you: adding or changing users/);
    expect(newcomer.page.text).toContain('as soon as our support desk approves');
    await newcomer.presses('日本語');

    await running.clock.advance('72 hours');
    await signsIn(newcomer, left.suzuki);
    expect(notices()).toEqual([]);
    expect(newcomer.page.text).toContain('管理者が1名だけです。');
    await running.clock.reset();
  });

  it('sees the list without mail addresses and without ways to closed pages', async () => {
    const left = await leftBehind(running);
    const hayashi = await hayashiOf(left);
    const newcomer = await takesOverAndSignsIn(running, left);
    await newcomer.opens('/accounts');
    expect(newcomer.page.text).toContain('h…@hinoki.example');
    for (const hidden of [hayashi.loginId, 'CSVファイル', '利用者を追加する', '招待中の方'])
      expect(newcomer.page.text).not.toContain(hidden);
    await newcomer.follows(hayashi.name);
    expect(newcomer.page.h1).toBe('アカウントの利用停止');
    expect(newcomer.page.text).not.toContain(hayashi.loginId);
    await newcomer.opens('/accounts/handover');
    await newcomer.follows(hayashi.name);
    expect(newcomer.page.h1).toBe('アカウントの利用停止');
    for (const closed of ['/accounts/export', `/accounts/${hayashi.id}`])
      expect((await newcomer.sends('GET', closed)).status).toBe(403);
    const review = { fields: { act: 'reviewed' } };
    expect((await newcomer.sends('POST', '/accounts/handover', review)).status).toBe(403);
  });

  it('is offered no way to bring somebody back, and reads who does and until when', async () => {
    const left = await leftBehind(running);
    const [sato, hayashi] = [left.sato, await hayashiOf(left)];
    const newcomer = await takesOverAndSignsIn(running, left);
    await chooses(newcomer, sato);
    await newcomer.presses('削除');
    expect(newcomer.page.h1).toBe('削除完了');
    const wayBack = /まで.*以前からの管理者の方、または担当窓口が元に戻せます/;
    expect(newcomer.page.text).toMatch(wayBack);
    const offered = () =>
      newcomer.page.root.querySelectorAll('main a').map((link) => link.getAttribute('href'));
    expect(offered()).toEqual(['/', '/accounts', '/accounts']);
    await newcomer.opens('/accounts?state=deleted');
    await newcomer.follows(sato.name);
    expect(newcomer.page.status).toBe(200);
    expect(newcomer.page.text).toMatch(wayBack);
    await newcomer.opens(`/accounts/${hayashi.id}/suspension`);
    await newcomer.presses('利用を停止');
    await newcomer.opens(`/accounts/${hayashi.id}/suspension`);
    expect(newcomer.page.text).toContain(
      '以前からの管理者の方、または担当窓口が、利用を再開できます。',
    );
    expect(newcomer.page.root.querySelector('main form')).toBeNull();
  });

  it('finds people by what the list shows of them, and by no part of a mail address', async () => {
    const left = await leftBehind(running);
    const hayashi = await hayashiOf(left);
    const newcomer = await takesOverAndSignsIn(running, left);
    const { email, loginId } = hayashi;
    const [mailbox = '', domain = ''] = email.split('@');
    for (const typed of [email, mailbox, domain, loginId, email.slice(0, 3)]) {
      await newcomer.opens(`/accounts?q=${encodeURIComponent(typed)}`);
      expect(newcomer.page.text).not.toContain(hayashi.name);
    }
    await newcomer.opens(`/accounts?q=${encodeURIComponent('次郎')}`);
    expect(newcomer.page.text).toContain(hayashi.name);
  });

  it.each(['削除', '利用を停止'])(
    'ends the sign-ins of others at once by 「%s」, and an objection brings even them back',
    async (way) => {
      const left = await leftBehind(running);
      const { sato, corporation } = left;
      const loginId = `hayashi-${corporation.corporateNumber}`;
      const hayashi = await running.people.staffExists({ corporation, loginId, name: '林 次郎' });
      const newcomer = await takesOverAndSignsIn(running, left);
      const link = await objectionLink(running, sato);
      const person = await signedIn(running, hayashi);
      const before = [await rowsOf('sessions', hayashi), await rowsOf('devices', hayashi)];
      if (way === '削除') await chooses(newcomer, hayashi);
      else await newcomer.opens(`/accounts/${hayashi.id}/suspension`);
      await newcomer.presses(way);
      expect(newcomer.posted!.status).toBe(303);
      await person.opens('/');
      expect(person.page.path).toBe('/login?next=%2F');
      const after = [await rowsOf('sessions', hayashi), await rowsOf('devices', hayashi)];
      expect([before[0], after]).toEqual([1, before]);

      const removal = await running.mailbox.mailTo(hayashi.email);
      expect(removal.subject).toContain(way === '削除' ? '削除' : '利用停止');
      await objects(running.visitor(), link);
      const mail = await running.mailbox.mailTo(hayashi.email);
      expect(mail.subject).toContain(way === '削除' ? '復元' : '利用再開');
      expect(mail.text).toContain('以前と同じパスワードでログインできます。');
      expect(mail.text).not.toContain('ご本人');
      await person.opens('/');
      expect(person.page.h1).toBe('TOPページ');
    },
  );

  it('leaves no sign-in to somebody whom a colleague lets in again', async () => {
    const left = await leftBehind(running);
    const [tanaka, hayashi] = [await tanakaOf(left), await hayashiOf(left)];
    const newcomer = await takesOverAndSignsIn(running, left);
    const person = await signedIn(running, hayashi);
    await newcomer.opens(`/accounts/${hayashi.id}/suspension`);
    await newcomer.presses('利用を停止');
    const colleague = await signedIn(running, tanaka);
    await colleague.opens(`/accounts/${hayashi.id}/suspension`);
    await colleague.presses('利用を再開');
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');
  });
});
