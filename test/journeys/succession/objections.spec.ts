import { startApp, type RunningApp } from '../../support/app.js';
import { signsIn } from '../../support/registration.js';
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

/** What the desk has not read yet of this company's cases. */
async function readsDesk({ corporation }: LeftBehind): Promise<string> {
  await running.mailbox.everythingIsSent();
  const mails = running.mailbox.unread(running.config.deskMail);
  return mails
    .map(({ text }) => text)
    .filter((text) => text.includes(corporation.name))
    .join();
}

async function stateOf({ suzuki }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ state: string; stage: string }>(
    `select a.state, enrollment_stage(e.kind, e.state, e.started_at, e.release_at, e.probation_ends_at) as stage from accounts a join enrollments e on e.account_id = a.id
     where a.login_id_key = $1`,
    [suzuki.loginId],
  );
  return [rows[0]!.state, rows[0]!.stage];
}

describe('the link to object', () => {
  it('shows who came, and changes nothing by being opened', async () => {
    const left = await leftBehind(running);
    const suzuki = await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, left.sato);
    const scanner = running.visitor({ browser: 'LinkScanner/1.0' });
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await scanner.sends(method, link);
    const sato = running.visitor();
    await sato.opens(link);
    expect(sato.page.path).toBe('/admin-enrollment/objection');
    expect(sato.page.facts).toMatchObject({ 登録された方: '鈴木 一郎 様' });
    expect(sato.page.text).not.toContain(left.suzuki.email);
    expect(await stateOf(left)).toEqual(['active', 'probation']);
    await suzuki.reloads();
    expect(suzuki.page.status).toBe(200);
  });

  it('freezes a newcomer on probation at once, and the desk hears both sides', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    await activatesAndSignsIn(suzuki, left);
    const sato = running.visitor();
    await objects(sato, await objectionLink(running, left.sato), '鈴木という者はいません。');
    expect(sato.posted!.status).toBe(303);
    expect(sato.page.h1).toBe('異議申し立てを受け付けました');
    expect(sato.page.text).toContain('ただちにログインできなくなりました');
    expect(await stateOf(left)).toEqual(['suspended', 'objected']);

    await suzuki.opens('/');
    expect(suzuki.page.path).toBe('/login?next=%2F');
    await signsIn(suzuki, left.suzuki);
    expect(suzuki.page.h1).toBe('追加登録のお手続きの状況');
    suzuki.fills('担当窓口へのご説明', '佐藤は9月に退職しました。');
    await suzuki.presses('担当窓口へ送る');
    expect(suzuki.page.notice).toContain('お送りしました');

    const told = await readsDesk(left);
    expect(told).toContain('鈴木という者はいません。');
    expect(told).toMatch(/\/desk\/cases\/[\w-]{9}\n/);
    expect(told).not.toContain('genkan enrollment');
    expect(told).toContain('佐藤は9月に退職しました。');
    await running.mailbox.mailTo(left.sato.email, '異議申し立てを受け付けました');
    await signsIn(sato, left.sato);
    await sato.follows(
      'お客様が異議を申し立てた登録があります。担当窓口の判断をお待ちください。 お手続きの状況を見る',
    );
    await sato.follows('鈴木 一郎');
    expect(sato.page.text).toContain('ご利用を停止しています');
  });

  it('does it once, however often and by however many it is pressed', async () => {
    const left = await leftBehind(running, 2);
    await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, left.sato);
    const others = await Promise.all([1, 2].map((other) => linkOfOther(left, other)));
    await running.mailbox.everythingIsSent();
    const statuses = await Promise.all(
      [link, ...others].map(async (each) => {
        const answer = await running.visitor().sends('POST', each, { fields: { statement: '' } });
        return answer.status;
      }),
    );
    expect(statuses).toEqual([303, 303, 303]);
    expect(await stateOf(left)).toEqual(['suspended', 'objected']);
    const again = running.visitor();
    await again.opens(link);
    expect(again.page.h1).toBe('異議申し立てを受け付けました');
    expect((await again.sends('POST', link, { fields: {} })).status).toBe(303);
    await running.mailbox.everythingIsSent();
    const mails = running.mailbox.unread(left.suzuki.email).map(({ subject }) => subject);
    expect(mails.filter((subject) => subject.includes('一時停止'))).toHaveLength(1);
  });

  it('works until the last second of the probation; then only the desk hears', async () => {
    const left = await leftBehind(running);
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    await takesOverAndSignsIn(running, left);
    const link = await objectionLink(running, left.sato);
    await running.clock.advance('72 hours');
    const late = running.visitor();
    await objects(late, link);
    expect(late.page.text).toContain('自動では停止しません');
    expect(await stateOf(left)).toEqual(['active', 'completed']);
    expect(await readsDesk(left)).toContain('停止していません');
    await signsIn(running.visitor(), left.suzuki);

    const other = await leftBehind(running);
    await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
    await takesOverAndSignsIn(running, other);
    const inTime = await objectionLink(running, other.sato);
    await running.clock.advance('71 hours 59 minutes 59 seconds');
    await objects(running.visitor(), inTime);
    expect(await stateOf(other)).toEqual(['suspended', 'objected']);
  });

  it('is void after 30 days, after a withdrawal, and when it is none', async () => {
    const left = await leftBehind(running);
    const suzuki = running.visitor();
    await applies(suzuki, left.corporation, left.suzuki);
    const link = await objectionLink(running, left.sato);
    await suzuki.presses('取り消して内容を直す');
    await refuses(link, 'この登録は終わっています');
    expect((await running.mailbox.mailTo(left.sato.email)).subject).toContain('取り消されました');

    const other = await leftBehind(running);
    await takesOver(running, other);
    const old = await objectionLink(running, other.sato);
    await running.clock.advance('30 days');
    await refuses(old, 'このURLは期限が切れています');
    await refuses(
      `${running.url}/admin-enrollment/objection/${'x'.repeat(43)}`,
      'ご利用いただけません',
    );
    expect((await readsDesk(left)) + (await readsDesk(other))).toBe('');
  });
});

async function refuses(link: string, words: string): Promise<void> {
  const person = running.visitor();
  await person.opens(link);
  expect(person.page.status).toBe(410);
  expect(person.page.h1).toContain(words);
  expect((await person.sends('POST', link, { fields: {} })).status).toBe(410);
}

async function activatesAndSignsIn(
  person: ReturnType<RunningApp['visitor']>,
  { suzuki }: LeftBehind,
): Promise<void> {
  await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
  await person.presses('登録を完了する');
  await signsIn(person, suzuki);
}

async function linkOfOther({ sato }: LeftBehind, other: number): Promise<string> {
  const email = sato.email.replace('sato-', 'kato-').replace('@', `-${other}@`);
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}
