import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { isOnTrial, listExists } from '../../support/ip-lists.js';
import { companyExists } from '../../support/members.js';
import { activates, applicant, registers, signsIn } from '../../support/registration.js';
import { gives, hasFactor } from '../../support/second-factor.js';

const OFFICE = '198.51.100.7';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

describe('a list of addresses', () => {
  it('6. that is wrong is suspended for hours, found by the number of the error page', async () => {
    const company = await companyExists(running);
    const { corporation, sato, tanaka } = company;
    await listExists(running, corporation, ['198.51.100.0/24']);
    const caller = running.visitor();
    await signsIn(caller, sato);
    expect(caller.page.h1).toBe('アクセス制限エラー');
    await clerk.searches(caller.page.facts.リクエスト番号!);
    expect(clerk.page.text).toContain('許可されていないネットワークからでした');
    await clerk.browser.follows('佐藤 花子 様');
    expect(clerk.verdict).toBe('「IPアドレス制限」が原因です');
    expect(clerk.sentence).toContain(caller.page.facts['今お使いのIPアドレス']);
    await clerk.browser.follows('IPアドレス制限を一時停止する');
    clerk.browser.fills('理由', WHY);
    for (const wrong of ['100', '1.5', '2-4', '00', '二時間', '時間']) {
      clerk.browser.fills('時間（1〜72）', wrong);
      await clerk.browser.presses('IPアドレス制限を一時停止する');
      expect(clerk.page.errors).toEqual(['時間は、1から72までの数字で入力してください。']);
    }
    clerk.browser.fills('時間（1〜72）', '０２ 時間');
    await clerk.browser.presses('IPアドレス制限を一時停止する');
    expect(clerk.page.notice).toContain('株式会社さくらのIPアドレス制限を一時停止しました。');
    for (const { email } of [sato, tanaka])
      expect((await running.mailbox.mailTo(email)).text).toContain(WHY);
    const { rows } = await running.pool.query(
      `select facts -> 'hours' as hours from audit_entries
       where act = 'ip-suspension' and corporation_id = $1`,
      [corporation.id],
    );
    expect(rows).toEqual([{ hours: 2 }]);
    await signsIn(caller, sato);
    expect(caller.page.h1).toBe('TOPページ');
    await clerk.browser.follows('IPアドレス制限の一時停止を終える');
    clerk.browser.fills('理由', WHY);
    await clerk.browser.presses('IPアドレス制限の一時停止を終える');
    expect(clerk.page.notice).toContain('株式会社さくらのIPアドレス制限の一時停止を終えました。');
    await caller.opens('/');
    expect(caller.page.status).toBe(403);
  });

  it('7. that is on trial ends by itself, at a time that the clerk can say', async () => {
    const { corporation, sato, suzuki } = await companyExists(running);
    await isOnTrial(
      running,
      await listExists(running, corporation, ['198.51.100.0/24'], { author: sato }),
    );
    const caller = running.visitor();
    await signsIn(caller, suzuki);
    expect(caller.page.h1).toBe('アクセス制限エラー');
    await clerk.searches(suzuki.loginId);
    await clerk.browser.follows(suzuki.name);
    expect(clerk.verdict).toBe('「IPアドレス制限」が原因です');
    expect(clerk.sentence).toMatch(/試行中で.*\d+時\d+分に自動で元に戻ります。/);
    expect(clerk.page.text).toContain('試行の終了をお待ちいただく');
    // The caller reads the address of the office to the clerk.
    clerk.browser.fills('別の接続元で確かめる', OFFICE);
    await clerk.browser.presses('確かめる');
    expect(clerk.verdict).toBe('ログインを妨げるものはありません');
    await running.clock.advance('10 minutes');
    await signsIn(caller, suzuki);
    expect(caller.page.h1).toBe('TOPページ');
  });
});

it('8. leads somebody whose factor is lost to an administrator', async () => {
  const { suzuki } = await companyExists(running);
  const { app } = await hasFactor(running, suzuki);
  const caller = running.visitor();
  await signsIn(caller, suzuki);
  await gives(caller, await app.wrongCode());
  await clerk.searches(suzuki.email);
  await clerk.browser.follows(suzuki.name);
  expect(clerk.verdict).toBe('「2段階認証」が原因です');
  expect(clerk.sentence).toContain('貴社の管理者の方に解除をご依頼ください');
  expect(clerk.sentence).toContain('その方がご自分の2段階認証を設定すると');
  await clerk.browser.follows('管理者の方を確認する');
  expect(clerk.page.content('[aria-labelledby=administrators]').text).toContain('佐藤 花子');
});

it('9. says what can be searched for a number that no company has, and finds it by kana', async () => {
  await running.people.corporationExists({
    corporateNumber: '5100009',
    name: '有限会社つばき運送',
    nameKana: 'ユウゲンガイシャツバキウンソウ',
  });
  await clerk.searches('5100999');
  expect(clerk.page.text).toContain('「5100999」に当てはまるものはありません。');
  expect(clerk.page.text).toContain('お手元の請求書の法人番号を');
  expect(clerk.page.text).toContain('一部だけでも見つかります');
  await clerk.searches('51OOOO9');
  await clerk.browser.follows('5100009 で検索する');
  expect(clerk.page.text).toContain('有限会社つばき運送');
  for (const [typed, isTold] of [
    ['005100009', true],
    ['5100009', false],
  ] as const) {
    await clerk.searches(typed);
    expect(clerk.page.text).toContain('有限会社つばき運送');
    expect(clerk.page.text.includes('先頭の「0」の数だけが違います')).toBe(isTold);
  }
  await clerk.searches('㈲ﾂﾊﾞｷ');
  expect(clerk.page.text).toContain('5100009');
  await clerk.browser.follows('有限会社つばき運送');
  expect(clerk.page.text).toContain('新規登録（/initiate）をご案内してください');
});

it('10. sees that the mails of a recovery go nowhere', async () => {
  const { suzuki } = await companyExists(running);
  running.mailbox.refuses(suzuki.email, 550, '5.2.1 Mailbox disabled');
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', suzuki.email);
  await caller.presses('送信');
  await running.mailbox.nothingFor(suzuki.email);
  await clerk.searches(suzuki.email);
  expect(clerk.page.text).toContain('5.2.1 Mailbox disabled');
  await clerk.browser.follows(suzuki.name);
  expect(clerk.verdict).toBe('ログインを妨げるものはありません');
  expect(clerk.sentence).toContain('あてのメールが届いていません');
  expect(clerk.page.text).toContain('管理者の方を確認する');
});

it('says of an address that is none at its field, and keeps what it knows', async () => {
  const { suzuki } = await companyExists(running);
  await clerk.searches(suzuki.loginId);
  await clerk.browser.follows(suzuki.name);
  clerk.browser.fills('別の接続元で確かめる', '９９９．１．１．１');
  await clerk.browser.presses('確かめる');
  expect(clerk.page.status).toBe(422);
  expect(clerk.page.errorsAt('別の接続元で確かめる').join()).toContain('のように入力してください');
  expect(clerk.page.field('別の接続元で確かめる').getAttribute('value')).toBe('999.1.1.1');
  expect(clerk.verdict).toBe('ログインを妨げるものはありません');
  clerk.browser.fills('別の接続元で確かめる', '１９８．５１．１００．７');
  await clerk.browser.presses('確かめる');
  expect(clerk.page.status).toBe(200);
});

it('says what it does not know where a list decides by an address that nobody told yet', async () => {
  const { corporation, suzuki } = await companyExists(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  await clerk.searches(suzuki.loginId);
  await clerk.browser.follows(suzuki.name);
  expect(clerk.verdict).toBe('接続元のIPアドレスによって変わります');
  expect(clerk.sentence).toContain('そこにあるIPアドレスをお知らせください');
  expect(clerk.page.text).not.toContain('ログインを妨げるものはありません');
  await clerk.browser.follows('伺ったIPアドレスで確かめる');
  clerk.browser.fills('別の接続元で確かめる', '203.0.113.9');
  await clerk.browser.presses('確かめる');
  expect(clerk.verdict).toBe('「IPアドレス制限」が原因です');
  expect(clerk.page.text).toContain('伺った接続元 203.0.113.9 は許可されていません。');
  expect(clerk.page.text).not.toContain('最後の接続元');
  clerk.browser.fills('別の接続元で確かめる', OFFICE);
  await clerk.browser.presses('確かめる');
  expect(clerk.verdict).toBe('ログインを妨げるものはありません');
});

it('names no link as valid that opens nothing, because somebody else was faster', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5100077',
    name: 'ひばり商会',
  });
  const [slow, fast] = ['hibari-1', 'hibari-2'].map((loginId) => applicant(loginId));
  for (const entered of [slow!, fast!]) await registers(running.visitor(), corporation, entered);
  await clerk.searches('hibari-1');
  await clerk.browser.follows(slow!.name);
  expect(clerk.page.text).toContain('まで有効');
  const mail = await running.mailbox.mailTo(fast!.email);
  await activates(running.visitor(), running.mailbox.linkIn(mail));
  await clerk.searches('hibari-1');
  await clerk.browser.follows(slow!.name);
  expect(clerk.page.text).toContain('ほかの方が先に登録');
  expect(clerk.page.text).not.toContain('まで有効');
});
