import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';
import { asksForEmail } from '../support/own-account.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const STAYED = 'What you have typed is still here, except for passwords.';

describe('a language that is chosen in the middle of a form', () => {
  it('leaves what was typed, and nothing is sent', async () => {
    const { person } = await office(running);
    await person.opens('/accounts/new');
    person.fills('氏名', '鈴木 一郎');
    person.fills('メールアドレス', 'not yet');
    person.checks('管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）');
    await person.presses('English');
    expect(person.page.status).toBe(200);
    expect(person.page.url.pathname).toBe('/accounts/new');
    expect(person.page.h1).toBe('Add a person');
    expect(person.page.notice).toBe(`The display language has been changed. ${STAYED}`);
    expect(person.page.field('Name').getAttribute('value')).toBe('鈴木 一郎');
    expect(person.page.field('Email address').getAttribute('value')).toBe('not yet');
    expect(person.page.content('[name=role][checked]').getAttribute('value')).toBe('administrator');
    await person.presses('日本語');
    expect(person.page.field('氏名').getAttribute('value')).toBe('鈴木 一郎');
  });

  it('writes nothing down for strangers who send more than any of their forms holds', async () => {
    const flows = async () => (await running.pool.query('select from flows')).rowCount;
    const before = await flows();
    const fields = { language: 'en', message: 'x'.repeat(6_001) };
    const { headers } = await running
      .visitor()
      .sends('POST', '/language?next=%2Fcontact', { fields });
    expect([headers.location, await flows()]).toEqual(['/contact', before]);
  });

  it('leaves it to strangers too, without their passwords', async () => {
    await running.people.corporationExists({ corporateNumber: '1234567', name: '株式会社さくら' });
    const person = running.visitor();
    await person.opens('/initiate/numbers');
    person.fills('法人番号', '1234567');
    await person.presses('English');
    expect(person.page.field('Corporate number').getAttribute('value')).toBe('1234567');
    person.fills('Transfer account number', '0012345');
    await person.presses('Confirm');
    person.fills('Name', 'Mary Smith');
    person.fills('Password', 'kaede-1192-tsuki');
    await person.presses('日本語');
    expect(person.page.field('氏名').getAttribute('value')).toBe('Mary Smith');
    expect(person.page.field('パスワード').getAttribute('value')).toBeUndefined();
    const { rows } = await running.pool.query('select entries from flows');
    expect(JSON.stringify(rows)).not.toContain('kaede');
  });

  it('is shown in no other browser', async () => {
    const person = running.visitor();
    await person.opens('/initiate/numbers');
    person.fills('法人番号', '7654321');
    await person.presses('English');
    const elsewhere = running.visitor();
    await elsewhere.opens(person.page.url.href);
    expect(elsewhere.page.html).not.toContain('7654321');
  });

  it('keeps nothing where nothing was typed', async () => {
    const person = running.visitor();
    await person.opens('/password-reset');
    await person.presses('English');
    expect(person.page.path).toBe('/password-reset');
    expect(person.page.notice).not.toContain(STAYED);
  });

  it('keeps the rows of a list', async () => {
    const { person } = await office(running);
    await person.opens('/ip-restriction/draft');
    person.fills('メモ', '大阪支店');
    await person.presses('English');
    expect(person.page.html).toContain('大阪支店');
  });
});

async function draftsOfEmail(): Promise<number | null> {
  return (await running.pool.query('select from email_changes')).rowCount;
}

describe('a language that is chosen where something is asked once more', () => {
  it('leaves the question open, and the interrupted form goes on from there', async () => {
    const { person, sato } = await office(running);
    await running.clock.advance('5 minutes');
    const before = await draftsOfEmail();
    await asksForEmail(person, 'hanako@new.example');
    expect(person.page.h1).toBe('パスワードの確認');
    person.fills('現在のパスワード', 'kaede-1192-tsuki');
    await person.presses('English');
    expect(person.page.h1).toBe('Confirm your password');
    expect(person.page.notice).toBe(`The display language has been changed. ${STAYED}`);
    expect(person.page.html).not.toContain('kaede');
    expect(await draftsOfEmail()).toBe(before);
    await person.presses('日本語');
    await person.presses('English');
    await person.presses('日本語');
    person.fills('現在のパスワード', 'kaede-1192-tsuki');
    await person.presses('操作を続ける');
    expect([person.page.status, person.page.h1]).toEqual([422, 'パスワードの確認']);
    await person.presses('English');
    person.fills('Current password', sato.password);
    await person.presses('Continue');
    expect(person.page.text).toContain('hanako@new.example');
    expect(await draftsOfEmail()).toBe(before! + 1);
  });

  it('leaves the form where it stood, when the session ends at the question', async () => {
    const { person, sato } = await office(running);
    await running.clock.advance('5 minutes');
    await asksForEmail(person, 'hanako@late.example');
    await person.presses('English');
    await running.clock.advance('30 minutes');
    person.fills('Current password', sato.password);
    await person.presses('Continue');
    person.fills('ID', sato.loginId);
    person.fills('Password', sato.password);
    await person.presses('Sign in');
    expect(person.page.url.pathname).toBe('/me/email');
    expect(person.page.field('New email address').getAttribute('value')).toBe(
      'hanako@late.example',
    );
  });

  it('shows the question to nobody else, nor without a form', async () => {
    const { person } = await office(running);
    await person.opens('/confirmation');
    expect(person.page.path).toBe('/');
    await running.clock.advance('5 minutes');
    await asksForEmail(person, 'hanako@else.example');
    await person.presses('English');
    const { href } = person.page.url;
    person.jar.cookies.delete('session');
    await person.opens(href);
    expect(person.page.html).not.toContain('hanako@else.example');
  });
});
