import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import { applicant, entersNumbers, signsIn } from '../support/registration.js';

const MONDAY_EVENING = '2026年11月23日(月) 18時30分まで';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
});
afterAll(() => running.stop());

const accountOf = async (loginId: string) => {
  const { rows } = await running.pool.query(
    `select a.*, l.used_at, l.replaced_at, e.state as case_state
     from accounts a left join mailed_links l on l.subject = a.id::text
     left join enrollments e on e.account_id = a.id where a.login_id_key = $1`,
    [loginId],
  );
  return rows[0] as Record<string, unknown> | undefined;
};

describe('新規登録', () => {
  const sato = applicant('sato.hanako', { email: 'Hanako.Sato@EXAMPLE.jp' });
  const mailbox = 'Hanako.Sato@example.jp';
  let link: string;

  beforeAll(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));
  afterAll(() => running.clock.reset());

  it('leads from the two numbers to the mail with the link', async () => {
    const person = running.visitor();
    await person.opens('/meisai/initiate/');
    expect(person.page.path).toBe('/initiate');
    await person.follows('登録へ進む');
    expect(person.page.text).toContain('全4ステップ中、1ステップ目');

    person.fills('法人番号', '１２３ー４５６７');
    person.fills('お振込先口座番号', ' １２−３４５');
    await person.presses('確認');
    expect(person.posted!.status).toBe(303);
    expect(person.page.path).toMatch(/^\/initiate\/details\?flow=/);
    expect(person.page.text).toContain('半角英数混合8文字以上');

    person.fills('氏名', sato.name);
    person.fills('フリガナ', 'さとう ﾊﾅｺ');
    person.fills('部署', '総務部');
    person.fills('電話番号', '０３－１２３４－５６７８');
    person.fills('メールアドレス', sato.email);
    person.fills('ログインID', 'Ｓato.Hanako');
    person.fills('パスワード', sato.password);
    person.fills('パスワード確認', sato.password);
    await person.presses('確認');
    expect(person.page.facts).toMatchObject({
      法人名: '株式会社さくら',
      氏名: '佐藤 花子',
      フリガナ: 'サトウ ハナコ',
      部署: '総務部',
      電話番号: '03-1234-5678',
      メールアドレス: mailbox,
      パスワード: '入力済み',
    });
    expect(person.page.html).not.toContain(sato.password);
    await running.mailbox.nothingFor(mailbox);
    expect(await accountOf('sato.hanako')).toBeUndefined();

    await person.presses('登録');
    expect(person.posted!.status).toBe(303);
    expect(person.page.h1).toBe('新規登録受付完了');
    expect(person.page.text).toContain(MONDAY_EVENING);
    expect(person.page.text).toContain(`${running.config.mailFrom} からのメールを受信できるよう`);
    expect(person.page.facts).toMatchObject({ メールの宛先: mailbox });
  });

  it('says in the mail what to do until when, and nothing secret but the link', async () => {
    const mail = await running.mailbox.mailTo(mailbox);
    link = running.mailbox.linkIn(mail);
    expect(mail.subject).toBe('[法人WEBシステム] 登録のご案内');
    expect(mail.from).toContain(running.config.mailFrom);
    expect(link).toMatch(new RegExp(`^${running.url}/activation/[\\w-]{43}$`));
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(link);
      expect(part.replaceAll(/<\/?span[^>]*>/g, '')).toContain(MONDAY_EVENING);
      expect(part).toContain('佐藤 花子 様');
      // Somebody else may have typed this address: only the page behind the link says more.
      expect(part).not.toMatch(/株式会社さくら|sato\.hanako/i);
      expect(part).not.toContain(sato.password);
      expect(part).not.toMatch(/1234567|12345/);
    }
  });

  it('changes nothing when a mail scanner opens the link', async () => {
    const before = await accountOf('sato.hanako');
    const scanner = running.visitor({ browser: 'LinkScanner/1.0' });
    for (let times = 0; times < 10; times += 1)
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await scanner.sends(method, link);
    for (const method of ['GET', 'HEAD']) await scanner.sends(method, '/activation');
    expect(await accountOf('sato.hanako')).toEqual(before);
  });

  it('activates by the button, and leads to the sign-in', async () => {
    const person = running.visitor();
    await person.opens(link);
    expect(person.page.path).toBe('/activation');
    expect(person.page.headers['cache-control']).toBe('no-store');
    await person.presses('登録を完了する');
    expect(person.posted!.status).toBe(303);
    expect(person.page.path).toBe('/login');
    expect(person.page.notice).toContain('登録が完了しました。');

    person.fills('ID', sato.loginId);
    person.fills('パスワード', sato.password);
    await person.presses('ログイン');
    expect(person.page.path).toBe('/');
    expect(person.page.h1).toBe('TOPページ');
    expect(person.page.header).toContain('株式会社さくら');
    expect(person.page.text).toContain('佐藤 花子 様');
    expect(person.page.text).toContain('はじめてのログインです。');
    expect(person.page.header).toContain('管理者');
  });

  it('shows the last sign-in at the next one', async () => {
    const person = running.visitor({ address: '203.0.113.7' });
    await signsIn(person, sato);
    await person.presses('ログアウト');
    expect(person.page.notice).toBe('ログアウトしました。');
    await person.opens('/');
    expect(person.page.path).toBe('/login?next=%2F');

    await running.clock.advance('1 hour');
    await signsIn(person, sato);
    expect(person.page.text).toContain('前回のログイン 2026年11月22日(日) 18時30分（203.0.113.7）');
    expect(person.page.text).not.toContain('はじめて');
  });

  it('is over for the company: the next one is led to sign in or to ask', async () => {
    const suzuki = running.visitor();
    await entersNumbers(suzuki, sakura);
    expect(suzuki.page.status).toBe(409);
    expect(suzuki.page.h1).toBe('すでに管理者が登録されています');
    expect(suzuki.page.text).not.toMatch(/佐藤|sato|株式会社さくら/);
    await suzuki.follows('管理者の追加登録へ進む');
    expect(suzuki.page.path).toBe('/admin-enrollment');
  });
});
