import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, invites } from '../support/invitation.js';
import { companyExists, signedIn, type Company } from '../support/members.js';
import type { Member } from '../support/people.js';

const NOTHING_KEPT = '送信した内容は、受け付けておらず、お預かりもしていません。';
const NOT_SENT = '先ほどの操作は、まだ送信されていません。';

let running: RunningApp;
let company: Company;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await companyExists(running);
});

async function signsInThere(person: Visitor, { loginId, password }: Member): Promise<void> {
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}

describe('a form of an ended session', () => {
  it('is told of as not sent where it has nothing but a password', async () => {
    const person = await signedIn(running, company.suzuki);
    await person.opens('/me/password');
    person.fills('現在のパスワード', 'wrong-2026-password');
    await running.clock.advance('30 minutes');
    await person.presses('パスワードを変更する');
    expect(person.page.text).toContain(NOTHING_KEPT);
    expect(person.page.text).not.toContain('までお預かりしています');
    await signsInThere(person, company.suzuki);
    expect(person.page.url.pathname).toBe('/me/password');
    expect(person.page.notice).toContain(NOT_SENT);
    await person.opens('/me/password');
    expect(person.page.html).not.toContain(NOT_SENT);
  });

  it('is told of as not sent where it has nothing but a button', async () => {
    const person = await signedIn(running, company.sato);
    await invites(person, invited('takahashi@unsent.example', { name: '高橋 三郎' }));
    await running.mailbox.mailTo('takahashi@unsent.example');
    await person.opens('/accounts/invitations');
    await running.clock.advance('30 minutes');
    await person.presses('高橋 三郎 様へ再送する');
    expect(person.page.text).toContain(NOTHING_KEPT);
    expect(person.page.text).not.toContain('までお預かりしています');
    await signsInThere(person, company.sato);
    expect(person.page.url.pathname).toBe('/accounts/invitations');
    expect(person.page.notice).toContain(NOT_SENT);
    await running.mailbox.nothingFor('takahashi@unsent.example');
    await person.presses('高橋 三郎 様へ再送する');
    expect(person.page.notice).toContain('再送しました');
  });
});
