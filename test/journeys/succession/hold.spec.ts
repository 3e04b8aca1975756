import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../../src/server/app.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Visitor } from '../../support/browser.js';
import { signsIn } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, takesOver } from '../../support/succession.js';

const HOUR = 3_600_000;
const HELD = '2026年12月2日(水) 12時00分（日本時間）まではログインできません。';
const NOON = new Date('2026-12-01T12:00:00+09:00');
const BILLING = 'keiri@hinoki.example';

let running: RunningApp;
/** Another instance on the same database. */
let second: NestExpressApplication;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 24 * HOUR });
  second = await createApp(running.config);
});
beforeEach(() => running.clock.stopsAt(NOON));
afterAll(async () => {
  await second.close();
  await running.stop();
});

describe('a newcomer who is held back', () => {
  it('sees only the case with the time of its release, until then', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    expect((await running.mailbox.mailTo(left.sato.email)).text).toContain(
      '2026年12月2日(水) 12時00分（日本時間）まではログインできません。',
    );
    // Everybody was told of this time, so a later proof of the mailbox does not change it.
    await running.clock.advance('1 hour');
    expect(suzuki.page.text).not.toContain(HELD);
    const mail = await running.mailbox.mailTo(left.suzuki.email);
    expect(mail.text.indexOf(HELD)).toBeLessThan(mail.text.indexOf('次のページを開き'));
    await suzuki.opens(running.mailbox.linkIn(mail));
    expect(suzuki.page.text).toContain(HELD);
    expect(suzuki.page.text).toContain('以前からの管理者の方が承認すると、それより前に');
    await suzuki.presses('登録を完了する');
    expect(suzuki.page.text).toContain('2026年12月2日(水) 12時00分（日本時間）になると');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.path).toBe('/admin-enrollment/case');
    expect(suzuki.page.text).toContain('2026年12月2日(水) 12時00分');
    await suzuki.opens('/');
    expect(suzuki.page.path).toBe('/login?next=%2F');

    await running.clock.advance('22 hours 59 minutes 59 seconds');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.path).toBe('/admin-enrollment/case');
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    expect(sato.page.text).toContain('承認待ち');
    await running.clock.advance('1 second');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
    await sato.reloads();
    expect(sato.page.text).toContain('確認期間中');
  });

  it('comes in at once when an administrator who was there approves', async () => {
    const left = await leftBehind(running);
    const contact = 'update corporations set billing_email = $2 where id = $1';
    await running.pool.query(contact, [left.corporation.id, BILLING]);
    const suzuki = await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await running.mailbox.mailTo(BILLING);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.follows('管理者の追加登録がありました。内容をご確認ください。 内容を確認する');
    await sato.follows('鈴木 一郎');
    expect(sato.page.text).toMatch(/あと\d+.*お申し込み.*ログインできるようになる/s);
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    expect(sato.page.notice).toContain('鈴木 一郎 様の追加登録を承認しました。');
    for (const email of [left.sato.email, BILLING]) {
      const mail = await running.mailbox.mailTo(email, '承認されました');
      expect(mail.text).toContain('佐藤 花子 様が、管理者の追加登録を承認しました。');
    }
    const { text } = await running.mailbox.mailTo(left.suzuki.email, '承認されました');
    expect(text).toContain('お客様の管理者としての追加登録を承認しました。');
    expect(text).toContain('/login');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');

    const late = running.visitor();
    await late.opens(link);
    expect(late.page.status).toBe(410);
    expect(late.page.h1).toBe('この登録は承認されています');
    expect((await late.sends('POST', link, { fields: {} })).status).toBe(410);
    await suzuki.reloads();
    expect(suzuki.page.h1).toBe('TOPページ');
  });

  it('needs an approval with a fresh password', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await running.clock.advance('6 minutes');
    await sato.opens('/');
    await sato.follows('管理者の追加登録がありました。内容をご確認ください。 内容を確認する');
    await sato.follows('鈴木 一郎');
    await sato.follows('承認へ進む');
    await sato.presses('承認する');
    expect(sato.page.h1).toBe('パスワードの確認');
    sato.fills('現在のパスワード', 'wrong-1234');
    await sato.presses('操作を続ける');
    expect(sato.page.status).toBe(422);
    sato.fills('現在のパスワード', left.sato.password);
    await sato.presses('操作を続ける');
    expect(sato.page.notice).toContain('鈴木 一郎 様の追加登録を承認しました。');
  });

  it('loses against an objection one second before the release, on another instance', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await second.listen(0, '127.0.0.1');
    const origin = `http://127.0.0.1:${(second.getHttpServer().address() as { port: number }).port}`;
    await running.clock.advance('23 hours 59 minutes 59 seconds');
    const sato = new Visitor(origin, { address: '10.99.0.1' });
    const path = new URL(link).pathname;
    const answer = await sato.sends('POST', path, { fields: { statement: '' } });
    expect(answer.status).toBe(303);
    await running.clock.advance('1 second');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.text).toContain('ご利用を一時停止しています');
  });

  it('can take the application back', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOver(running, left);
    await suzuki.opens('/admin-enrollment/completed');
    expect(suzuki.page.text).toContain('2026年12月2日(水) 12時00分（日本時間）になると');
    expect(suzuki.page.text).not.toContain('取り消して内容を直す');
    await signsIn(suzuki, left.suzuki);
    await suzuki.presses('お申し込みを取り消す');
    expect(suzuki.page.notice).toBe('追加登録のお申し込みを取り消しました。');
    await suzuki.opens('/admin-enrollment/completed');
    expect(suzuki.page.h1).toBe('お申し込みの状況');
    expect(suzuki.page.text).toContain('このお申し込みは取り消されています。');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.status).toBe(422);
  });
});
