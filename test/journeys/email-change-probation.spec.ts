import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Member } from '../support/people.js';
import { proves, undoes } from '../support/own-account.js';
import { signsIn } from '../support/registration.js';
import { leftBehind, objectionLink, objects, takesOverAndSignsIn } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function emailOf({ id }: Member): Promise<string> {
  const { rows } = await running.pool.query<{ email: string }>(
    'select email from accounts where id = $1',
    [id],
  );
  return rows[0]!.email;
}

async function asksFor(person: Visitor, { id }: Member, email: string): Promise<void> {
  await person.opens(`/accounts/${id}/email`);
  person.fills('新しいメールアドレス', email);
  await person.presses('確認のメールを送る');
}

describe('a newcomer who changes the address of an administrator', () => {
  it('is named to the old mailbox, which can object and gets its address back for good', async () => {
    const left = await leftBehind(running);
    const { sato, suzuki } = left;
    const { mailbox } = running;
    const newcomer = await takesOverAndSignsIn(running, left);
    await objectionLink(running, sato);

    await asksFor(newcomer, sato, 'first@evil.example');
    const told = await mailbox.mailTo(sato.email);
    expect(told.text).toContain(
      `貴社の管理者 ${suzuki.name} 様が、佐藤 花子 様のメールアドレスを変更`,
    );
    const objection = mailbox.linkIn(told);
    expect(objection).toContain('/admin-enrollment/objection/');
    const proof = await mailbox.mailTo('first@evil.example');
    expect(proof.text).toContain(`貴社の管理者 ${suzuki.name} 様が`);
    await proves(running.visitor(), mailbox.linkIn(proof));
    await mailbox.mailTo(sato.email);

    await asksFor(newcomer, sato, 'second@evil.example');
    await mailbox.mailTo('first@evil.example');
    await proves(running.visitor(), mailbox.linkIn(await mailbox.mailTo('second@evil.example')));
    const undo = mailbox.linkIn(await mailbox.mailTo('first@evil.example'));
    await asksFor(newcomer, sato, 'third@evil.example');
    const pending = mailbox.linkIn(await mailbox.mailTo('third@evil.example'));

    await objects(running.visitor(), objection);
    expect(await emailOf(sato)).toBe(sato.email);
    expect((await running.visitor().opens(pending)).status).toBe(410);
    const thief = running.visitor();
    await undoes(thief, undo).catch(() => undefined);
    expect(thief.page.status).toBe(410);
    expect(await emailOf(sato)).toBe(sato.email);
  });

  it('keeps nobody from deciding by an address that was only asked for', async () => {
    const left = await leftBehind(running);
    const newcomer = await takesOverAndSignsIn(running, left);
    await asksFor(newcomer, left.sato, 'asked@evil.example');
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.follows('管理者の追加登録がありました。内容をご確認ください。');
    await sato.follows('鈴木 一郎');
    await sato.presses('異議を申し立てる');
    expect(sato.page.notice).toContain('異議申し立てを受け付けました');
    await newcomer.reloads();
    expect(newcomer.page.path).toMatch(/^\/login/);
  });
});
