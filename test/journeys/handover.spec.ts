import { ReviewReminders } from '../../src/accounts/handover/review-reminders.js';
import { WaitingMails } from '../../src/mail/waiting-mails.js';
import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import type { Corporation, Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';
import { leftBehind, takesOver } from '../support/succession.js';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-09-30T18:30:00+09:00')));

async function colleague(
  corporation: Corporation,
  name: string,
  away: string | null,
): Promise<Member> {
  people += 1;
  const member = await running.people.staffExists({ corporation, loginId: `p-${people}`, name });
  await running.pool.query(
    'update accounts set last_sign_in_at = genkan_now() - $2::interval where id = $1',
    [member.id, away],
  );
  return member;
}

const remind = () => running.app.get(ReviewReminders).run();

describe('不要なアカウントの確認', () => {
  it('lists others of the company, the longest away first, and leads to 削除', async () => {
    const { person, corporation, sato } = await office(running);
    const other = await office(running);
    await colleague(other.corporation, '別会社 太郎', '400 days');
    await colleague(corporation, '鈴木 一郎', '2 days');
    const long = await colleague(corporation, '髙橋 𠮷彦', '181 days');
    const never = await colleague(corporation, '伊藤 美咲', null);
    await person.opens('/accounts/handover');
    const names = person.page.root.querySelectorAll('tbody th').map((cell) => cell.structuredText);
    expect(names).toEqual(['伊藤 美咲', '髙橋 𠮷彦', '鈴木 一郎']);
    const rows = person.page.root.querySelectorAll('tbody tr').map((row) => row.structuredText);
    expect(rows[0]).toContain('未ログイン');
    expect(rows[1]).toContain('180日以上前');
    expect(rows[2]).not.toContain('180日以上前');
    expect(person.page.text).not.toContain(sato.loginId);

    person.checks('髙橋 𠮷彦 様を選ぶ');
    person.checks('伊藤 美咲 様を選ぶ');
    const form = person.page.button('選んだ方の削除へ進む').closest('form')!;
    expect([form.getAttribute('method'), form.getAttribute('action')]).toEqual([
      'get',
      '/accounts/deletion',
    ]);
    const ids = person.page.root
      .querySelectorAll('input[name=accountId]')
      .map((box) => box.getAttribute('value'));
    expect(ids.slice(0, 2)).toEqual([never.id, long.id]);
  });

  it('lists those who never signed in by the day on which they could', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.clock.advance('1 day');
    await colleague(left.corporation, '林 三郎', null);
    const person = running.visitor();
    await signsIn(person, left.sato);
    await person.opens('/accounts/handover');
    const names = person.page.root.querySelectorAll('tbody th').map((cell) => cell.structuredText);
    expect(names).toEqual(['鈴木 一郎', '林 三郎']);
  });
});

/** The administrator of a company that is to be reminded. */
async function remindable() {
  const { corporation, sato } = await office(running);
  await colleague(corporation, '鈴木 一郎', null);
  const long = `update corporations set created_at = '2026-01-01' where id = $1`;
  await running.pool.query(long, [corporation.id]);
  return sato;
}

describe('the reminder', () => {
  it('comes on the 1st of October, once to each usable administrator, however often it runs', async () => {
    const { corporation, sato } = await office(running);
    const given = { corporation, name: '田中 健' };
    const tanaka = await running.people.administratorExists({ ...given, loginId: 'tanaka-r' });
    const away = { ...given, loginId: 'away-r', state: 'suspended' as const };
    const suspended = await running.people.administratorExists(away);
    const staff = await colleague(corporation, '鈴木 一郎', null);
    await running.pool.query(`update corporations set created_at = '2026-01-01' where id = $1`, [
      corporation.id,
    ]);
    await running.clock.stopsAt(new Date('2026-09-30T23:59:59+09:00'));
    await remind();
    await running.mailbox.nothingFor(sato.email);
    await running.clock.stopsAt(new Date('2026-10-01T00:30:00+09:00'));
    await Promise.all([remind(), remind(), remind()]);
    const mail = await running.mailbox.mailTo(sato.email);
    expect(mail.subject).toBe('[法人WEBシステム] 不要なアカウントの確認のお願い');
    expect(running.mailbox.linkIn(mail)).toBe(`${running.url}/accounts/handover`);
    await running.mailbox.mailTo(tanaka.email);
    await running.clock.advance('3 days');
    await remind();
    for (const { email } of [sato, tanaka, suspended, staff])
      await running.mailbox.nothingFor(email);
    await running.clock.stopsAt(new Date('2027-04-01T09:30:00+09:00'));
    await remind();
    await running.mailbox.mailTo(sato.email);
  });

  it.each([
    ['it was switched off', '確認のお願いを受け取らない', '2026-10-01'],
    ['the company has just looked', '確認を済ませる', '2026-10-01'],
    ['the half year began long ago', '', '2026-10-16'],
  ])('does not come when %s', async (_, button, day) => {
    const { corporation, sato, person } = await office(running);
    await colleague(corporation, '鈴木 一郎', null);
    await running.pool.query(`update corporations set created_at = '2026-01-01' where id = $1`, [
      corporation.id,
    ]);
    await person.opens('/accounts/handover');
    if (button) await person.presses(button);
    await running.clock.stopsAt(new Date(`${day}T09:30:00+09:00`));
    await remind();
    await running.mailbox.nothingFor(sato.email);
  });

  it('does not wait for one that the mail server refuses for now', async () => {
    await running.clock.stopsAt(new Date('2026-10-01T09:30:00+09:00'));
    const refused = await remindable();
    running.mailbox.refuses(refused.email, 451);
    await remind();
    await running.mailbox.everythingIsSent();
    const next = await remindable();
    await remind();
    await running.mailbox.mailTo(next.email);
    running.mailbox.refuses(refused.email, 550);
    await running.app.get(WaitingMails).retryNow();
    await running.mailbox.everythingIsSent();
  });

  it('waits while others still wait for the mail server', async () => {
    await running.clock.stopsAt(new Date('2026-10-01T09:30:00+09:00'));
    await running.mailbox.goesDown();
    const first = await remindable();
    await remind();
    const second = await remindable();
    await remind();
    await running.mailbox.comesBack();
    await running.app.get(WaitingMails).retryNow();
    await running.mailbox.mailTo(first.email);
    await running.mailbox.nothingFor(second.email);
    const { rows } = await running.pool.query(
      `select run_at > now() as later from graphile_worker.jobs
       where key = 'people-review-reminders'`,
    );
    expect(rows).toEqual([{ later: true }]);
    await remind();
    await running.mailbox.mailTo(second.email);
  });

  it('is switched on again on the same page', async () => {
    const { person } = await office(running);
    await person.opens('/accounts/handover');
    await person.presses('確認のお願いを受け取らない');
    expect(person.page.notice).toContain('お送りしない設定にしました');
    await person.presses('確認のお願いを受け取る');
    expect(person.page.notice).toContain('4月と10月に');
  });
});
