import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { BY_NAKAI, BY_TAMURA, onlyCase, upholdBy } from '../../support/desk-people.js';
import { chooses } from '../../support/members.js';
import { activates, signsIn } from '../../support/registration.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const DECISION = '管理者の追加登録についての担当窓口の判断';

async function mailAbout(email: string, subject: string): Promise<string> {
  return (await running.mailbox.mailTo(email, subject)).text;
}

async function isAtDesk(): Promise<LeftBehind & { number: string; desk: DeskDecisions }> {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = await onlyCase(running, left);
  return { ...left, number, desk: running.app.get(DeskDecisions) };
}

async function triesToSignIn(who: { loginId: string; password: string }): Promise<Visitor> {
  const visitor = running.visitor();
  await signsIn(visitor, who);
  return visitor;
}

describe('the decision of the desk', () => {
  it('says why, and what it means, where the newcomer stays', async () => {
    const { sato, suzuki, number, desk } = await isAtDesk();
    await upholdBy(desk, number);
    const newcomer = await mailAbout(suzuki.email, DECISION);
    const predecessor = await mailAbout(sato.email, DECISION);
    for (const text of [newcomer, predecessor]) expect(text).toContain(`理由：${BY_NAKAI.why}`);
    expect(newcomer).toContain('ログインIDとパスワードでログインしてください。');
    expect(predecessor).toContain('管理者のすべての機能をご利用いただけます。');
    expect(predecessor).toContain('お客様のアカウントは、この判断では変わりません。');
    expect(predecessor).not.toContain('ログインしてください');
  });

  it('stands on the pages of the objector too, where the newcomer stays', async () => {
    const left = await leftBehind(running);
    await takesOver(running, left);
    const objector = running.visitor();
    await objects(objector, await objectionLink(running, left.sato));
    const { number } = await onlyCase(running, left);
    await upholdBy(running.app.get(DeskDecisions), number);
    const sato = await triesToSignIn(left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    await objector.opens('/admin-enrollment/objection');
    for (const { page } of [objector, sato]) {
      expect(page.text).toContain('異議申し立てについて担当窓口が確認し、');
      expect(page.text).toContain('にこの登録を承認しました。鈴木 一郎 様のご利用の停止は、解除');
      expect(page.text).toContain('受付番号を添えて担当窓口までご連絡ください。');
      expect(page.facts).toMatchObject({ 受付番号: number });
    }
  });

  it('says why, and what it means, where the newcomer goes, and at the refused sign-in too', async () => {
    const { sato, suzuki, number, desk } = await isAtDesk();
    await desk.dismiss(number, BY_TAMURA);
    const newcomer = await mailAbout(suzuki.email, DECISION);
    const predecessor = await mailAbout(sato.email, DECISION);
    for (const text of [newcomer, predecessor]) expect(text).toContain(`理由：${BY_TAMURA.why}`);
    expect(newcomer).toContain('貴社の管理者の方に招待をご依頼ください。');
    expect(predecessor).toContain('お手続きの必要はありません。');

    const { page } = await triesToSignIn(suzuki);
    expect([page.status, page.h1]).toEqual([403, '登録は取り消されています']);
    expect(page.facts).toMatchObject({ 受付番号: number });
    expect(page.text).toContain('担当窓口');
    expect(page.link('ログインへ戻る').getAttribute('href')).toBe('/login');
  });
});

describe('the pages of a case that the desk ended', () => {
  it('say when, that somebody objected, and what is undone', async () => {
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    const left = await leftBehind(running);
    await takesOver(running, left);
    const link = await objectionLink(running, left.sato);
    await objects(running.visitor(), link);
    const { number } = await onlyCase(running, left);
    await running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
    const sato = running.visitor();
    await sato.opens(link);
    expect([sato.page.status, sato.page.h1]).toEqual([410, 'この登録は終わっています']);
    const pages = [sato.page.text];
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    for (const text of [...pages, sato.page.text]) {
      expect(text).toContain('異議申し立てについて担当窓口が確認し、');
      expect(text).toContain('2026年12月1日(火) 9時00分（日本時間）にこの登録を取り消しました。');
      expect(text).toContain('判断の理由は、メールでお知らせしています。');
      expect(text).not.toContain('完了しないまま');
    }
  });

  it('say nothing of an objection that nobody made, and the list tells of one that waits', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    const link = await objectionLink(running, left.sato);
    const sato = running.visitor();
    await objects(sato, link);
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    expect(sato.page.text).toContain('異議申し立てあり、ご本人の確認待ち');

    const other = await leftBehind(running);
    await takesOver(running, other);
    const { number } = await onlyCase(running, other);
    for (const by of [BY_TAMURA, BY_NAKAI])
      await inUnitOfWork(() => running.app.get(DeskDecisions).dismiss(number, by));
    await sato.opens(await objectionLink(running, other.sato));
    expect(sato.page.text).toContain('担当窓口が、2026年');
    expect(sato.page.text).not.toContain('異議申し立てについて');
  });
});

describe('a predecessor whom the newcomer deleted', () => {
  it('hears after the right password which mail leads to the objection, and until when', async () => {
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    const { number } = await onlyCase(running, left);
    await chooses(suzuki, left.sato);
    await suzuki.presses('削除');
    const { page } = await triesToSignIn(left.sato);
    expect(page.status).toBe(403);
    expect(page.facts).toMatchObject({ 受付番号: number });
    expect(page.text).toContain('鈴木 一郎 様が');
    expect(page.link('ログインへ戻る').getAttribute('href')).toBe('/login');
    expect(page.text).toContain('2026年12月1日(火) 9時00分（日本時間）にお送りしたメール');
    expect(page.text).toContain('2026年12月31日(木) 9時00分まで');
    expect(page.text).toContain('2026年12月4日(金) 9時00分（日本時間）までに申し立てると');

    const wrong = await triesToSignIn({ ...left.sato, password: 'wrong-1234' });
    expect([wrong.page.status, wrong.page.h1]).toEqual([422, 'ログイン']);
  });

  it('is sent to the own administrators once nobody can object any more', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    await chooses(suzuki, left.sato);
    await suzuki.presses('削除');
    await running.clock.advance('29 days 23 hours');
    expect((await triesToSignIn(left.sato)).page.text).toContain('異議を申し立てられます');
    await running.clock.advance('2 hours');
    expect((await triesToSignIn(left.sato)).page.text).toContain('貴社の管理者の方に');
  });
});

describe('an objection before the mailbox was proved', () => {
  it('is followed by a mail that says what happened since, and a page without contradiction', async () => {
    const left = await leftBehind(running);
    await applies(running.visitor(), left.corporation, left.suzuki);
    await objects(running.visitor(), await objectionLink(running, left.sato));
    const first = await mailAbout(left.sato.email, '異議申し立てを受け付けました');
    expect(first).toContain('まだどなたもログインできません');

    const suzuki = running.visitor();
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(left.suzuki.email));
    await suzuki.opens(link);
    expect(suzuki.page.text).toContain('担当窓口の確認が終わるまでログインできません');
    expect(suzuki.page.text).not.toContain('ログインできるようになります');
    await activates(suzuki, link);
    const second = await mailAbout(left.sato.email, '異議申し立てを受け付けました');
    expect(second).toContain('ご本人がメールアドレスを確認しました');
    expect(second).toContain('一度もログインしていません');
    expect(second).not.toContain('ただちに');
    expect(second).not.toContain('元に戻');
  });
});
