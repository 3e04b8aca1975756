import { startApp, type RunningApp } from '../support/app.js';
import { newLinkOf, proved } from '../support/factor-recovery.js';
import { companyExists, type Company } from '../support/members.js';
import { changesEmail, signedIn } from '../support/own-account.js';
import type { Member } from '../support/people.js';
import { choosesPassword } from '../support/recovery.js';
import { setsUpFactor } from '../support/second-factor.js';

let running: RunningApp;
let company: Company;
let suzuki: Member;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await running.clock.stopsAt(new Date('2026-11-22T09:00:00+09:00'));
  company = await companyExists(running);
  ({ suzuki } = company);
});

/** What somebody with mailbox and numbers left waiting: a run at its last page, and a link. */
async function isUnderWay(member: Member) {
  const run = await proved(running, member);
  await choosesPassword(run);
  const place = running.visitor({ address: '198.51.100.7' });
  await place.sends('POST', '/password-reset', { fields: { email: member.email } });
  const mail = await running.mailbox.mailTo(member.email, 'パスワード再登録のご案内');
  return { run, link: running.mailbox.linkIn(mail) };
}

async function isOver({ run, link }: Awaited<ReturnType<typeof isUnderWay>>): Promise<void> {
  await run.presses('登録');
  expect([run.page.status, run.page.h1]).toEqual([410, expect.stringContaining('URL')]);
  const late = running.visitor();
  expect((await late.opens(link)).status).toBe(410);
}

async function act(link: string, button: string): Promise<void> {
  const owner = running.visitor();
  await owner.opens(link);
  await owner.presses(button);
  expect(owner.page.status).toBe(200);
}

it('ends with the report of a first factor, which takes the factor off', async () => {
  const thief = await signedIn(running, suzuki);
  // Behind both proofs, but before the factor: afterwards nothing would ask for one.
  const waiting = await isUnderWay(suzuki);
  await setsUpFactor(running, thief);
  const mail = await running.mailbox.mailTo(suzuki.email, '2段階認証の設定のお知らせ');
  const button = '2段階認証を解除し、パスワードを使えなくする';
  await act(running.mailbox.linkIn(mail), button);
  await isOver(waiting);
});

it('ends with the report of a sign-in, whose mail alone leads on', async () => {
  await signedIn(running, suzuki, { address: '192.0.2.7' });
  await signedIn(running, suzuki);
  const report = running.mailbox.linkIn(
    await running.mailbox.mailTo(suzuki.email, '新しい環境からのログイン'),
  );
  const waiting = await isUnderWay(suzuki);
  await act(report, 'すべての端末からログアウトする');
  await isOver(waiting);
});

describe('the undo of a changed mail address', () => {
  it('ends what is under way in the mailbox that loses the account', async () => {
    const thief = await signedIn(running, suzuki);
    const evil = { ...suzuki, email: `evil-${suzuki.loginId}@evil.example` };
    const undo = await changesEmail(running, thief, suzuki.email, evil.email);
    const waiting = await isUnderWay(evil);
    await act(undo, '変更を取り消す');
    await isOver(waiting);
  });

  it('and in the mailbox that gets it back, which others may share', async () => {
    const { corporation } = company;
    const given = { corporation, name: '山田 太郎', email: suzuki.email };
    await running.people.staffExists({ ...given, loginId: `yamada-${suzuki.loginId}` });
    const thief = await signedIn(running, suzuki);
    const evil = `evil-${suzuki.loginId}@evil.example`;
    const undo = await changesEmail(running, thief, suzuki.email, evil);
    const run = await proved(running, suzuki);
    const link = await newLinkOf(running, suzuki);
    await act(undo, '変更を取り消す');
    await run.opens(`/password-reset/account${run.page.url.search}`);
    expect(run.page.status).toBe(410);
    expect((await running.visitor().opens(link)).status).toBe(410);
  });
});
