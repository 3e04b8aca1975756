import { RefusedRequests } from '../../../src/audit/refused-requests.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Clerk } from '../../support/desk-clerk.js';
import { accepts, invitationTo, invited, invites, office } from '../../support/invitation.js';

const CANCELLED = '取り消された招待';
const WATANABE = invited('watanabe@sakura.example', {
  name: '渡邊　龍',
  nameKana: 'ワタナベ リュウ',
});

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

async function cancels(person: Visitor): Promise<void> {
  await person.opens('/accounts/invitations');
  await person.presses('取り消す');
  if (person.page.h1 !== 'パスワードの確認') return;
  person.fills('現在のパスワード', 'sakura-2026-mochi');
  await person.presses('操作を続ける');
}

it('whose invitation was cancelled has one row, and the newer mail or account behind the old number', async () => {
  const { person, corporation } = await office(running);
  await invites(person, WATANABE);
  const old = await invitationTo(running, WATANABE.email);
  await cancels(person);
  const caller = running.visitor();
  await caller.opens(old);
  await running.app.get(RefusedRequests).write();
  const places = [
    () => clerk.searches('渡邊龍'),
    () => clerk.searches(WATANABE.email),
    () => clerk.searches(caller.page.facts.リクエスト番号!),
    () => clerk.browser.opens(`/desk/corporations/${corporation.id}`),
  ];
  const seen = async () => {
    const texts: string[] = [];
    for (const opens of places) {
      await opens();
      texts.push(clerk.page.text);
    }
    return texts;
  };
  for (const text of await seen()) expect(text).toContain(CANCELLED);

  await invites(person, { ...WATANABE, name: '渡邊 龍' });
  for (const text of await seen()) {
    expect(text).toContain('招待中');
    expect(text).not.toContain(CANCELLED);
  }

  await accepts(running.visitor(), await invitationTo(running, WATANABE.email), 'ryu-w');
  for (const text of await seen()) {
    expect(text).toContain('ryu-w');
    expect(text).not.toMatch(/取り消された招待|新しい招待をご依頼/);
  }
});

it('somebody else with the same mailbox keeps the own invitation', async () => {
  const { person } = await office(running);
  const email = 'shared@sakura.example';
  await invites(person, invited(email, { name: '斉藤 初' }));
  await cancels(person);
  await invites(person, invited(email, { name: '斉藤 一' }));
  await clerk.searches(email);
  for (const part of [CANCELLED, '斉藤 初', '斉藤 一']) expect(clerk.page.text).toContain(part);
});

it('whose mail came back is waited for once a newer one arrived', async () => {
  const { person } = await office(running);
  const email = 'kimura@ezweb.ne.jp';
  running.mailbox.refuses(email, 550, '5.1.1 User unknown');
  await invites(person, invited(email, { name: '木村 光' }));
  await running.mailbox.everythingIsSent();
  await clerk.searches('木村光');
  expect(clerk.page.text).toContain('メール不達');
  running.mailbox.accepts(email);
  await running.clock.advance('5 minutes');
  await person.opens('/accounts/invitations');
  await person.presses('木村 光 様へ再送する');
  if (person.page.h1 === 'パスワードの確認') {
    person.fills('現在のパスワード', 'sakura-2026-mochi');
    await person.presses('操作を続ける');
  }
  await invitationTo(running, email);
  await running.mailbox.everythingIsSent();
  await clerk.searches('木村光');
  expect(clerk.page.text).not.toContain('メール不達');
  expect(clerk.page.text).toContain('招待中');
});
