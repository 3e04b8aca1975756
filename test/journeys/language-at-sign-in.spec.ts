import { startApp, type RunningApp } from '../support/app.js';
import { companyExists } from '../support/members.js';
import { asked, gives, hasFactor } from '../support/second-factor.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe('a language that is chosen in the middle of a sign-in', () => {
  it('leaves the choice to trust a browser, without the code', async () => {
    const { sato } = await companyExists(running);
    await hasFactor(running, sato);
    const person = await asked(running, sato);
    person.fills('確認コード', '123456');
    person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
    await person.presses('English');
    const trust = () => person.page.content('[name=trust]').hasAttribute('checked');
    expect([person.page.url.pathname, trust()]).toEqual(['/login/second-factor', true]);
    expect(person.page.html).not.toContain('123456');
    await person.presses('日本語');
    expect(trust()).toBe(true);
  });

  it('leaves the way on and the kind of code, behind a wrong one too', async () => {
    const { sato } = await companyExists(running);
    await hasFactor(running, sato);
    const person = running.visitor();
    await person.opens('/login?next=%2Fme%2Fprofile');
    person.fills('ID', sato.loginId);
    person.fills('パスワード', sato.password);
    await person.presses('ログイン');
    await person.follows('認証アプリが使えないときは、リカバリーコードを使う');
    const asked = person.page.path;
    person.fills('リカバリーコード', 'AAAA-AAAA-AAAA');
    await person.presses('ログイン');
    expect([person.page.status, person.page.path]).toEqual([422, asked]);
    await person.presses('English');
    const fields = ['next', 'by'].map((name) =>
      person.page.content(`[name=${name}]`).getAttribute('value'),
    );
    expect(fields).toEqual(['/me/profile', 'recovery-code']);
  });

  it('leaves the way on behind a wrong password', async () => {
    const { sato } = await companyExists(running);
    const person = running.visitor();
    await person.opens('/login?next=%2Fme%2Fprofile');
    person.fills('ID', sato.loginId);
    person.fills('パスワード', 'kaede-1192-tsuki');
    await person.presses('ログイン');
    await person.presses('English');
    expect(person.page.field('ID').getAttribute('value')).toBe(sato.loginId);
    person.fills('Password', sato.password);
    await person.presses('Sign in');
    expect(person.page.path).toBe('/me/profile');
  });

  it('leaves the page that says why somebody is let in no more', async () => {
    const { suzuki } = await companyExists(running);
    const { app } = await hasFactor(running, suzuki);
    const person = await asked(running, suzuki);
    await running.pool.query(`update accounts set state = 'suspended' where id = $1`, [suzuki.id]);
    await gives(person, await app.code());
    const closed = () => [person.page.status, person.page.h1];
    expect(closed()).toEqual([403, 'このアカウントはご利用いただけません']);
    await person.presses('English');
    expect(closed()).toEqual([403, 'This account cannot be used']);
    const elsewhere = await running.visitor().opens(person.page.url.href);
    expect(elsewhere.h1).toBe('ログイン');
    await running.pool.query(`update accounts set state = 'active' where id = $1`, [suzuki.id]);
    await person.opens(person.page.url.href);
    expect(person.page.h1).toBe('Sign in');
  });
});
