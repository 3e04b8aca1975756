import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { onlyCase } from '../../support/desk-people.js';
import { appliesByMail, guessedAt } from '../../support/proof.js';
import { applicant, registers, signsIn } from '../../support/registration.js';
import { applies, leftBehind, objectionLink, type LeftBehind } from '../../support/succession.js';

const HOUR = 3_600_000;
let running: RunningApp;
let operator: Operator;

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The thief fills the wizard with 鈴木's name and mailbox, and an ID and a password of his own. */
async function appliesAs(left: LeftBehind): Promise<Visitor> {
  const thief = running.visitor({ address: '203.0.113.66', browser: CHROME });
  await applies(thief, left.corporation, left.suzuki);
  return thief;
}

const mailTo = (email: string) => running.mailbox.mailTo(email);

async function reasonsOf({ corporation }: LeftBehind): Promise<string[]> {
  const { rows } = await running.pool.query<{ entry: string }>(
    `select act || ' ' || reason as entry from audit_entries
     where corporation_id = $1 and act like '%withdrawal' order by id`,
    [corporation.id],
  );
  return rows.map(({ entry }) => entry);
}

describe('somebody in whose name another one applied', () => {
  beforeAll(async () => {
    running = await startApp();
    operator = new Operator(running);
  });
  beforeEach(() => running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00')));
  afterEach(() => running.clock.reset());
  afterAll(() => running.stop());

  it('reads what was entered, from where, and that its password would work', async () => {
    const left = await leftBehind(running);
    await appliesAs(left);
    const mail = await mailTo(left.suzuki.email);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('2026年12月1日(火) 9時00分');
      expect(part).toContain('203.0.113.66');
      expect(part).toContain('Windows の Chrome');
      expect(part).toContain('「登録を完了する」を押さないでください');
      expect(part).not.toContain(left.corporation.name);
      expect(part).not.toContain(left.suzuki.loginId);
    }
    const suzuki = running.visitor();
    await suzuki.opens(running.mailbox.linkIn(mail));
    expect(suzuki.page.facts).toMatchObject({
      法人名: left.corporation.name,
      氏名: '鈴木 一郎',
      ログインID: left.suzuki.loginId,
      お申し込みの日時: '2026年12月1日(火) 9時00分（日本時間）',
      接続元のIPアドレス: '203.0.113.66',
      端末: 'Windows の Chrome',
    });
    expect(suzuki.page.text).toContain('貴社の管理者としてログインできます。');
  });

  it('ends the application for good, and everybody concerned sees why', async () => {
    const left = await leftBehind(running);
    const thief = await appliesAs(left);
    const objection = await objectionLink(running, left.sato);
    const link = running.mailbox.linkIn(await mailTo(left.suzuki.email));
    const suzuki = running.visitor();
    await suzuki.opens(link);
    await suzuki.follows('申し込んでいません');
    expect((await onlyCase(running, left)).state).toBe('awaiting-activation');
    await suzuki.presses('このお申し込みを取り消す');
    expect([suzuki.page.status, suzuki.page.h1]).toEqual([200, 'お申し込みを取り消しました']);
    for (const path of ['/initiate', '/admin-enrollment'])
      expect(suzuki.page.html).toContain(`href="${path}"`);

    await signsIn(thief, left.suzuki);
    expect(thief.page.status).toBe(422);
    expect(await reasonsOf(left)).toEqual(['succession-withdrawal not-applied']);
    const { number, state } = await onlyCase(running, left);
    expect(state).toBe('withdrawn');
    const shown = await operator.types('enrollment', 'show', number);
    expect(shown.out).toContain('says that somebody else applied');
    expect((await mailTo(left.sato.email)).text).toContain('「申し込んでいません」とのお知らせ');
    const sato = running.visitor();
    await signsIn(sato, left.sato);
    await sato.opens('/admin-enrollment/cases');
    await sato.follows('鈴木 一郎');
    expect(sato.page.text).toContain('「申し込んでいません」とのお知らせがあり');
    expect((await running.visitor().opens(objection)).status).toBe(410);

    const again = running.visitor();
    await again.opens(link);
    expect([again.page.status, again.page.h1]).toEqual([410, 'お申し込みを取り消しました']);
    expect((await again.sends('POST', link, { fields: {} })).status).toBe(410);
    const own = { ...left, suzuki: { ...left.suzuki, password: 'momiji-7342-kawa' } };
    await applies(running.visitor(), own.corporation, own.suzuki);
    await suzuki.opens(running.mailbox.linkIn(await mailTo(left.suzuki.email)));
    await suzuki.presses('登録を完了する');
    await signsIn(suzuki, own.suzuki);
    expect(suzuki.page.h1).toBe('TOPページ');
  });

  it('ends a first registration, and none by the page of another link', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '6500001',
      name: 'すみれ株式会社',
    });
    const [one, two] = [applicant('first-one'), applicant('first-two')];
    await registers(running.visitor(), corporation, one);
    await registers(running.visitor(), corporation, two);
    const person = running.visitor();
    await person.opens(running.mailbox.linkIn(await mailTo(one.email)));
    await person.follows('申し込んでいません');
    const tab = person.tab();
    await tab.opens(running.mailbox.linkIn(await mailTo(two.email)));
    await person.presses('このお申し込みを取り消す');
    expect(person.page.facts).toMatchObject({ ログインID: two.loginId });
    await person.presses('このお申し込みを取り消す');
    const { rows } = await running.pool.query(
      'select login_id, state from accounts where corporation_id = $1',
      [corporation.id],
    );
    expect(rows).toEqual([{ login_id: one.loginId, state: 'registered' }]);
  });

  it('ends an application whose numbers nobody compared, which names no company', async () => {
    const corporation = await guessedAt(running);
    const entered = applicant('by-mail', { name: '鈴木 一郎' });
    const link = await appliesByMail(running, corporation, entered);
    const person = running.visitor();
    await person.opens(link);
    expect(person.page.facts).toMatchObject({
      法人番号: corporation.corporateNumber,
      氏名: '鈴木 一郎',
      ログインID: 'by-mail',
    });
    expect(person.page.text).not.toContain(corporation.name);
    await person.follows('申し込んでいません');
    await person.presses('このお申し込みを取り消す');
    expect([person.page.status, person.page.h1]).toEqual([200, 'お申し込みを取り消しました']);
    await person.opens(link);
    expect([person.page.status, person.page.h1]).toEqual([410, 'お申し込みを取り消しました']);
    expect((await person.sends('POST', link, { fields: {} })).status).toBe(410);
    const { rows } = await running.pool.query(
      `select reason from audit_entries where act = 'registration-withdrawal' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ reason: 'not-applied' }]);
  });

  it('hears of the first sign-in, and from where, after an activation all the same', async () => {
    const left = await leftBehind(running);
    const thief = await appliesAs(left);
    const suzuki = running.visitor();
    await suzuki.opens(running.mailbox.linkIn(await mailTo(left.suzuki.email)));
    await suzuki.presses('登録を完了する');
    await signsIn(thief, left.suzuki);
    const mail = await mailTo(left.suzuki.email);
    expect(mail.subject).toBe('[法人WEBシステム] はじめてのログイン');
    expect(mail.text).toContain('203.0.113.66');
    await suzuki.opens(running.mailbox.linkIn(mail));
    expect(suzuki.page.status).toBe(200);
  });
});

describe('where newcomers wait a day', () => {
  beforeAll(async () => {
    running = await startApp({ enrollmentHold: 24 * HOUR });
  });
  afterAll(() => running.stop());

  it('the browser that applied takes nothing back once the mailbox is proved', async () => {
    const left = await leftBehind(running);
    const thief = await appliesAs(left);
    const suzuki = running.visitor();
    await suzuki.opens(running.mailbox.linkIn(await mailTo(left.suzuki.email)));
    await suzuki.presses('登録を完了する');
    await thief.presses('取り消して内容を直す');
    expect(thief.page.notice).toContain('取り消していません');
    expect((await onlyCase(running, left)).state).toBe('running');
    await signsIn(suzuki, left.suzuki);
    await suzuki.presses('お申し込みを取り消す');
    expect((await onlyCase(running, left)).state).toBe('withdrawn');
  });
});
