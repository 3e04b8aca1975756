import type { RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { startDemo } from '../support/demo.js';
import { PARTIAL } from '../support/route-walk.js';

let demo: RunningApp;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

async function entersAs(name: string, visitor = demo.visitor()): Promise<Visitor> {
  await visitor.opens('/dev');
  await visitor.presses(`${name} 様としてログイン`);
  return visitor;
}

async function logged(act: string) {
  const { rows } = await demo.pool.query<{ reason: string; name: string }>(
    `select e.reason, a.name from audit_entries e join accounts a on a.id = e.account_id
     where e.act = $1 order by e.id`,
    [act],
  );
  return rows;
}

async function asksForMail(email: string): Promise<void> {
  const someone = demo.visitor();
  await someone.opens('/password-reset');
  await someone.submits({ email });
  await demo.mailbox.everythingIsSent();
}

describe('the cast', () => {
  it('is signed in by one press, as by the login page', async () => {
    const person = await entersAs('佐藤 花子');
    expect(person.page.path).toBe('/');
    expect(person.page.header).toContain('株式会社みなと製作所 佐藤 花子 様 管理者');
    expect(await logged('sign-in')).toEqual([{ reason: 'done', name: '佐藤 花子' }]);
    await person.opens('/me/sessions');
    expect(person.page.text).toContain('今お使いの端末');
  });

  it('takes the place of whoever was signed in with the browser', async () => {
    const person = await entersAs('佐藤 花子');
    const before = demo.visitor();
    before.jar.cookies.set('session', person.jar.cookies.get('session')!);
    await entersAs('鈴木 一郎', person);
    expect(person.page.header).toContain('鈴木 一郎 様 担当者');
    expect((await before.opens('/me')).path).toContain('/login');
  });

  it('shows who is not as at the start any more, and asks for a password that it does not know', async () => {
    const person = await entersAs('伊藤 美咲');
    await person.opens('/me/password');
    person.fills('現在のパスワード', 'genkan-demo-2026');
    person.fills('新パスワード', 'yama-no-ue-2031');
    person.fills('パスワード確認', 'yama-no-ue-2031');
    await person.presses('パスワードを変更する');
    await demo.pool.query(
      `update accounts set state = 'suspended', suspended_at = now() where login_id = 'suzuki-demo'`,
    );
    await person.opens('/dev');
    expect(person.page.text).toContain('鈴木 一郎 担当者利用停止中');
    expect(() => person.page.button('伊藤 美咲 様としてログイン')).toThrow();
    await person.presses('伊藤 美咲 様のログインページへ');
    expect(person.page.path).toBe('/login');
  });

  it('comes from elsewhere when it is told to, and back', async () => {
    const person = demo.visitor();
    await person.opens('/dev');
    await person.presses('外出先に切り替える');
    expect(person.page.text).toContain(
      '外出先（203.0.113.9）からアクセスしていることになっています',
    );
    await person.presses('外出先から田中 様としてログイン');
    await person.opens('/me/sign-ins');
    expect(person.page.text).toContain('203.0.113.9');
    await person.opens('/dev');
    await person.presses('元の接続元に戻す');
    expect(person.page.notice).toBe('元の接続元に戻しました。');
    expect(person.page.text).not.toContain('203.0.113.9）からアクセスしている');
  });
});

it('each page leads to the demo, and the demo knows its state without a sign-in', async () => {
  const stranger = demo.visitor();
  await stranger.opens('/login');
  await stranger.follows('デモのご案内');
  expect(stranger.page.path).toBe('/dev');
  expect(stranger.page.text).toMatch(/13か所のうち \dか所が済みました/);
});

describe('the mailbox', () => {
  it('shows the newest mail first, and finds them by recipient and words', async () => {
    await asksForMail('takahashi@minato.example');
    await asksForMail('tanaka@tsubame.example');
    const reader = demo.visitor();
    await reader.opens('/dev/mailbox');
    const subjects = reader.page.root.querySelectorAll('.gk-mails li').map(({ text }) => text);
    expect(subjects[0]).toMatch(/パスワード再登録のご案内.*tanaka@tsubame\.example 宛/s);
    reader.fills('宛先', 'takahashi@minato.example');
    await reader.presses('検索');
    expect(reader.page.text).not.toContain('tanaka@tsubame.example 宛');
    reader.fills('件名・本文', '100%');
    await reader.presses('検索');
    expect(reader.page.text).toContain('条件に合うメールはありません。');
    await reader.follows('すべてのメールを見る');
    reader.fills('件名・本文', 'TANAKA@');
    await reader.presses('検索');
    expect(reader.page.root.querySelectorAll('.gk-mails li')).toHaveLength(1);
  });

  it('shows a mail as HTML and as text, with its links', async () => {
    await asksForMail('sato@minato.example');
    const reader = demo.visitor();
    await reader.opens('/dev/mailbox?to=sato@minato.example&q=%E5%86%8D%E7%99%BB%E9%8C%B2');
    await reader.follows('[法人WEBシステム] パスワード再登録のご案内');
    expect(reader.page.html).toContain('<template shadowrootmode="open"><!doctype html>');
    const policy = reader.page.headers['content-security-policy'];
    expect(policy).toContain("script-src 'self'; style-src 'self' 'unsafe-inline'");
    await reader.follows('テキスト形式');
    expect(reader.page.root.querySelector('template')).toBeNull();
    const [, link = ''] = /(http:\S+\/password-reset\/\S+)/.exec(reader.page.text)!;
    await reader.follows(link);
    expect(reader.page.path).toBe('/password-reset/numbers');
    expect((await reader.sends('GET', '/dev/mailbox/999999')).status).toBe(404);
  });

  it('is read by programs as JSON', async () => {
    await asksForMail('takahashi@minato.example');
    const headers = { accept: 'application/json' };
    const { text } = await demo.visitor().sends('GET', '/dev/mailbox', { headers });
    const [mail] = JSON.parse(text) as Record<string, unknown>[];
    expect(Object.keys(mail!).sort()).toEqual(
      ['from', 'html', 'id', 'language', 'links', 'receivedAt', 'subject', 'text', 'to'].sort(),
    );
    const one = await demo.visitor().sends('GET', `/dev/mailbox/${String(mail!.id)}`, { headers });
    expect(JSON.parse(one.text)).toEqual(mail);
  });
});

it('fragments carry no frame and no surroundings', async () => {
  const answer = await demo.visitor().sends('GET', '/dev', { headers: PARTIAL });
  expect(answer.text).toMatch(/^<title>デモのご案内/);
});

it('a first visit fetches no more than elsewhere; the pages of the demo have a stylesheet more', async () => {
  for (const [path, sheets] of [
    ['/login', 1],
    ['/dev', 2],
  ] as const) {
    const { text } = await demo.visitor().sends('GET', path);
    expect(text.match(/rel="stylesheet"/g)).toHaveLength(sheets);
  }
});
