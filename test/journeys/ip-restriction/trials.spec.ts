import { IpTrials } from '../../../src/ip-restriction/trial/ip-trials.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { listExists } from '../../support/ip-lists.js';
import {
  BRANCH,
  drafts,
  getsIn,
  HOME,
  newCompany,
  OFFICE,
  signedIn,
  startsTrial,
} from '../../support/ip-restriction.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T10:00:00+09:00')));

const versionsOf = async (corporation: { id: string }) => {
  const { rows } = await running.pool.query<{
    id: string;
    author_name: string;
    isConfirmed: boolean;
  }>(
    `select id, author_name, confirmed_at is not null as "isConfirmed" from ip_versions
     where corporation_id = $1 order by number`,
    [corporation.id],
  );
  return rows;
};

describe('a trial', () => {
  it('is refused while another one runs, and begins when that is over', async () => {
    const { corporation, sato, tanaka } = await newCompany(running);
    const [first, second] = [await signedIn(running, sato), await signedIn(running, tanaka)];
    await drafts(first, '198.51.100.0/24,本社');
    await second.opens('/ip-restriction/trial');
    await startsTrial(first);
    await drafts(first, '192.0.2.0/24,支店');
    await second.presses('試行を始める');
    expect(second.page.status).toBe(409);
    expect(second.page.errors[0]).toContain('すでに別の設定を試行しています');
    await running.clock.advance('10 minutes');
    await startsTrial(second);
    second.fills('現在のパスワード', tanaka.password);
    await second.presses('操作を続ける');
    expect(second.page.h1).toBe('IPアドレス制限の試行中');
    expect((await versionsOf(corporation)).map(({ author_name: by }) => by)).toEqual([
      '佐藤 花子',
      '田中 一郎',
    ]);
  });

  it('of two at once, one begins', async () => {
    const { corporation, sato, tanaka } = await newCompany(running);
    const people = [await signedIn(running, sato), await signedIn(running, tanaka)];
    await drafts(people[0]!, '198.51.100.0/24,本社');
    await Promise.all(people.map((person) => person.opens('/ip-restriction/trial')));
    const pages = await Promise.all(people.map((person) => person.presses('試行を始める')));
    expect(pages.map(({ h1 }) => h1)).toEqual(['IPアドレス制限の試行中', 'IPアドレス制限の試行中']);
    expect(pages.filter(({ notice }) => notice.includes('すでに始まっています'))).toHaveLength(1);
    expect(await versionsOf(corporation)).toHaveLength(1);
  });

  it('lasts 3 to 60 minutes and asks for a fresh password', async () => {
    const { corporation, sato } = await newCompany(running);
    const person = await signedIn(running, sato);
    await drafts(person, '198.51.100.0/24,本社');
    const edition = (
      await running.pool.query<{ edition: number }>(
        'select edition from ip_drafts where corporation_id = $1',
        [corporation.id],
      )
    ).rows[0]!.edition;
    for (const minutes of ['', '2', '61', '-5', '1e1', '10.5']) {
      const fields = { list: 'draft', act: 'start', edition: String(edition), minutes };
      const { status } = await person.sends('POST', '/ip-restriction/trial', { fields });
      expect([minutes, status]).toEqual([minutes, 422]);
    }
    await running.clock.advance('6 minutes');
    await startsTrial(person, '3');
    expect(person.page.h1).toBe('パスワードの確認');
    person.fills('現在のパスワード', sato.password);
    await person.presses('操作を続ける');
    expect(person.page.h1).toBe('IPアドレス制限の試行中');
  });

  it('that no administrator would get through is a hard stop, with and without a trial', async () => {
    const { corporation, sato, suzuki } = await newCompany(running);
    await signedIn(running, suzuki, BRANCH);
    const person = await signedIn(running, sato);
    await drafts(person, '192.0.2.0/24,支店');
    await person.opens('/ip-restriction/trial');
    expect(person.page.text).toContain('管理者の方がどなたもログインできなくなる');
    expect(person.page.text).not.toContain('試行を始める');
    expect(person.page.text).toContain('下書きは全1件です。');
    expect(person.page.text).not.toContain('新しい設定として反映します');
    const edition = person.page.root.querySelector('[name=edition]')!.getAttribute('value')!;
    for (const act of ['start', 'apply'])
      expect(
        (
          await person.sends('POST', '/ip-restriction/trial', {
            fields: { list: 'draft', act, edition, minutes: '10' },
          })
        ).status,
      ).toBe(422);
    expect(await versionsOf(corporation)).toEqual([]);
  });

  it('ends at once by whoever it keeps out, where the former list admits them', async () => {
    const { sato, tanaka } = await newCompany(running);
    await signedIn(running, tanaka, BRANCH);
    const person = await signedIn(running, sato);
    await drafts(person, '192.0.2.0/24,支店');
    await startsTrial(person, '60');
    expect(person.page.h1).toBe('アクセス制限エラー');
    await person.opens('/ip-restriction/ending');
    await person.presses('試行を終了して元に戻す');
    expect(person.page.notice).toContain('元の設定に戻しました');
    expect(await getsIn(person)).toBe(true);
    expect((await running.mailbox.mailTo(tanaka.email)).subject).toContain('試行を始めました');
    const mail = await running.mailbox.mailTo(tanaka.email);
    expect(mail.subject).toBe('[法人WEBシステム] IPアドレス制限の変更：元の設定に戻りました');
    expect(mail.text).toContain('操作した方：佐藤 花子 様');
  });

  it('asks for a fresh password before it ends', async () => {
    const { sato } = await newCompany(running);
    const person = await signedIn(running, sato);
    await drafts(person, '198.51.100.0/24,本社');
    await startsTrial(person);
    await running.clock.advance('6 minutes');
    await person.presses('試行を終了して元に戻す');
    expect(person.page.h1).toBe('パスワードの確認');
    person.fills('現在のパスワード', sato.password);
    await person.presses('操作を続ける');
    expect(person.page.notice).toContain('元の設定に戻しました');
  });

  it('does not end by somebody whom neither list admits', async () => {
    const { corporation, sato, tanaka } = await newCompany(running);
    await listExists(running, corporation, ['198.51.100.0/24', '192.0.2.0/24']);
    await signedIn(running, tanaka, BRANCH);
    const person = await signedIn(running, sato);
    await person.opens('/ip-restriction/draft');
    person.checks('198.51.100.0/24（本社）を選択');
    await person.presses('選んだ行を削除');
    await startsTrial(person);
    await person.opens('/ip-restriction/ending');
    person.movesTo(HOME);
    await person.presses('試行を終了して元に戻す');
    expect(person.page.h1).toBe('アクセス制限エラー');
    person.movesTo(OFFICE);
    expect(await getsIn(person)).toBe(false);
  });

  it('that nobody confirmed is told to the administrators once', async () => {
    const { corporation, sato, tanaka } = await newCompany(running);
    const person = await signedIn(running, sato);
    await drafts(person, '198.51.100.0/24,本社');
    await startsTrial(person);
    const { id } = (await versionsOf(corporation))[0]!;
    const ends = running.app.get(IpTrials);
    await ends.tellLapsed(id);
    await running.mailbox.mailTo(tanaka.email);
    await running.mailbox.nothingFor(tanaka.email);
    await running.clock.advance('10 minutes');
    await Promise.all([ends.tellLapsed(id), ends.tellLapsed(id)]);
    await ends.tellLapsed(id);
    const mail = await running.mailbox.mailTo(tanaka.email);
    expect(mail.text).toContain('確定されなかったか取り消されたため、元の設定に戻りました');
    expect(mail.text).toContain('どのIPアドレスからもログインできます。');
    await running.mailbox.nothingFor(tanaka.email);
  });
});

it('the editor promises nothing about logins that a trial decides', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社');
  expect(person.page.text).toContain('試行を始めるまで、ログインには影響しません。');
  await startsTrial(person);
  await person.opens('/ip-restriction/draft');
  expect(person.page.text).toContain('試行中の設定は、下書きを編集しても変わりません。');
  expect(person.page.text).not.toContain('試行を始めるまで');
  await person.presses('下書きを破棄');
  await person.opens('/ip-restriction/draft');
  expect(person.page.text).toContain('試行中の設定1件（変更はありません）');
});
