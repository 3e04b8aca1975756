import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { companyExists, type Company } from '../../support/members.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { takesOver } from '../../support/succession.js';

const HOUR = 3_600_000;

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 24 * HOUR });
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

async function log(act: string, { corporation }: Pick<Company, 'corporation'>): Promise<object[]> {
  const { rows } = await running.pool.query<{ facts: object }>(
    `select facts - 'browser' - 'system' as facts from audit_entries
     where act = $1 and corporation_id = $2 order by id`,
    [act, corporation.id],
  );
  return rows.map(({ facts }) => facts);
}

it('1. ends the wait after wrong passwords', async () => {
  const company = await companyExists(running);
  const { corporation, suzuki } = company;
  const caller = running.visitor();
  for (let failure = 0; failure < 7; failure += 1)
    await signsIn(caller, { ...suzuki, password: `wrong-${failure}` });
  // As it stands on the invoice, and as an input method writes it.
  await clerk.searches(
    `Ｔ${corporation.corporateNumber.slice(0, 2)}ー${corporation.corporateNumber.slice(2)}`,
  );
  await clerk.browser.follows('株式会社さくら');
  await clerk.browser.follows('鈴木 一郎');
  expect(clerk.verdict).toBe('「待ち時間」が原因です');
  expect(clerk.sentence).toContain('パスワードの間違いが続いたため');
  await clerk.helps('待ち時間を終える');
  expect(clerk.page.notice).toContain('鈴木 一郎 様の待ち時間を終えました。');
  expect(clerk.verdict).toBe('ログインを妨げるものはありません');
  await signsIn(caller, suzuki);
  expect(caller.page.h1).toBe('TOPページ');
  expect(await log('waits-end', company)).toEqual([
    { operator: '中井', why: WHY, target: suzuki.id },
  ]);
});

describe('a registration', () => {
  it('2. that is not finished gets its mail again', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '5100001',
      name: 'みどり商事株式会社',
    });
    const entered = applicant('midori-1', { email: 'Midori@midori.example' });
    await registers(running.visitor(), corporation, entered);
    const first = await running.mailbox.mailTo(entered.email);
    await clerk.searches('midori@midori.example');
    expect(clerk.page.text).toContain('相手のメールサーバーが受け取りました');
    await clerk.browser.follows('佐藤 花子');
    expect(clerk.verdict).toBe('「登録の完了」が原因です');
    expect(clerk.sentence).toContain('M…@midori.example あてのメールのURLを開いて');
    await clerk.helps('登録完了のメールを再送する');
    const second = await running.mailbox.mailTo(entered.email);
    const caller = running.visitor();
    await caller.opens(running.mailbox.linkIn(first));
    expect(caller.page.status).toBe(410);
    await activates(caller, running.mailbox.linkIn(second));
    await signsIn(caller, entered);
    expect(caller.page.status).toBe(200);
  });

  it('3. whose mail did not arrive is told so, with the words of the server', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '5100002',
      name: 'あおば物流',
    });
    const entered = applicant('aoba-1', { email: 'sato@aobaa.example' });
    running.mailbox.refuses(entered.email, 550, '5.1.2 No such domain');
    await registers(running.visitor(), corporation, entered);
    await running.mailbox.nothingFor(entered.email);
    await clerk.searches('ｵﾊﾞぶつ');
    expect(clerk.page.text).not.toContain('あおば物流');
    await clerk.searches('ｱｵﾊﾞ');
    await clerk.browser.follows('あおば物流');
    expect(clerk.page.text).toContain('sato@aobaa.example');
    await clerk.browser.follows('佐藤 花子', 'サトウ ハナコ');
    expect(clerk.verdict).toBe('「登録の完了」が原因です');
    expect(clerk.sentence).toBe(
      '登録完了のメールが s…@aobaa.example に届かず、宛先が見つかりませんでした。正しいアドレスで、お申し込みからもう一度お願いします。',
    );
    expect(clerk.page.text).toContain('5.1.2 No such domain');
    expect(clerk.page.text).toContain('お申し込みのやり直しをご案内する');
    // No other voice: neither another act nor the advice for people who are signed in.
    expect(clerk.page.text).not.toMatch(/再送する|メールが戻ってきました/);

    const closes = `update corporations set state = 'closed' where id = $1`;
    await running.pool.query(closes, [corporation.id]);
    await clerk.browser.reloads();
    expect(clerk.sentence).toContain('登録を進めていただけません。');
    expect(clerk.page.text).toContain('法人の利用を再開する');
    expect(clerk.page.text).not.toContain('お申し込みからもう一度');
  });

  it('3. whose mailbox was full gets its mail again, once there is room', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '5100003',
      name: 'かえで建設',
    });
    const entered = applicant('kaede-1', { email: 'sato@kaede.example' });
    running.mailbox.refuses(entered.email, 552, '5.2.2 Mailbox full');
    await registers(running.visitor(), corporation, entered);
    await running.mailbox.nothingFor(entered.email);
    await clerk.finds('5100003', 'かえで建設');
    await clerk.browser.follows('佐藤 花子', 'サトウ ハナコ');
    expect(clerk.sentence).toBe(
      'メールボックスがいっぱいのため、メールが戻ってきました。不要なメールを削除すると、届くようになります。ご確認いただけましたら、登録完了のメールを s…@kaede.example に再送します。',
    );
    running.mailbox.accepts(entered.email);
    await clerk.helps('登録完了のメールを再送する');
    await activates(
      running.visitor(),
      running.mailbox.linkIn(await running.mailbox.mailTo(entered.email)),
    );
  });
});

it('4. lets somebody in again whom the desk suspended; the person hears why', async () => {
  const { suzuki } = await companyExists(running);
  await clerk.searches(suzuki.loginId);
  await clerk.browser.follows(suzuki.name);
  await clerk.browser.follows('利用を停止する');
  clerk.browser.fills('理由', '端末の盗難のため');
  await clerk.browser.presses('利用を停止する');
  expect((await running.mailbox.mailTo(suzuki.email)).text).toContain('端末の盗難のため');
  const caller = running.visitor();
  await signsIn(caller, suzuki);
  expect(caller.page.status).toBe(403);
  await clerk.searches(suzuki.loginId.toUpperCase());
  await clerk.browser.follows(suzuki.name);
  expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
  expect(clerk.page.text).toMatch(/担当窓口（中井）が.+に停止しました。理由：端末の盗難のため/);
  await clerk.helps('利用を再開する');
  expect((await running.mailbox.mailTo(suzuki.email)).text).toContain(WHY);
  await signsIn(caller, suzuki);
  expect(caller.page.h1).toBe('TOPページ');
});

it('5. says until when a successor is held, by the number of the case', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5100005',
    name: 'ひのき工業株式会社',
  });
  const sato = { corporation, loginId: 'hinoki-sato', name: '佐藤 花子' };
  const left = {
    corporation,
    sato: await running.people.administratorExists(sato),
    suzuki: applicant('hinoki-suzuki', { name: '鈴木 一郎' }),
  };
  const caller = await takesOver(running, left);
  await signsIn(caller, left.suzuki);
  expect(caller.page.path).toBe('/admin-enrollment/case');
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1',
    [left.corporation.id],
  );
  await clerk.searches(rows[0]!.number.toLowerCase().replace('-', ' '));
  await clerk.browser.follows(left.corporation.name);
  await clerk.browser.follows('鈴木 一郎', '保留中');
  expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
  expect(clerk.sentence).toContain('以前からの管理者の方が承認されると');
  expect(clerk.page.text).toContain(`登録の事案は、${rows[0]!.number} です`);
  await clerk.browser.follows('事案を確認する');
  expect(clerk.page.text).toContain('承認待ち');
});
