import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import {
  activates,
  applicant,
  registers,
  signsIn,
  type Applicant,
} from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe('two people of one company', () => {
  it('may both register; whoever activates first wins, and the other hears why not', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000002',
      name: 'けやき株式会社',
    });
    const [first, second] = [applicant('keyaki-1', { name: '高橋 一郎' }), applicant('keyaki-2')];
    const [takahashi, suzuki] = [running.visitor(), running.visitor()];
    await registers(takahashi, corporation, first);
    await registers(suzuki, corporation, second);
    expect(suzuki.page.h1).toBe('新規登録受付完了');
    expect(suzuki.page.text).not.toMatch(/高橋|keyaki-1/);
    const link = async ({ email }: { email: string }) =>
      running.mailbox.linkIn(await running.mailbox.mailTo(email));
    await activates(suzuki, await link(second));
    expect(suzuki.page.path).toBe('/login');

    await takahashi.presses('メールをもう一度送る');
    expect(takahashi.page.notice).toContain('登録はすでに完了しているか、取り消されています。');
    const losing = await link(first);
    await takahashi.opens(losing);
    const lost = [410, 'すでに管理者が登録されています'];
    expect([takahashi.page.status, takahashi.page.h1]).toEqual(lost);
    expect(takahashi.page.text).not.toMatch(/suzuki|keyaki-2|けやき/);
    expect((await running.visitor().sends('POST', losing, { fields: {} })).status).toBe(410);
    const elsewhere = running.visitor();
    await signsIn(elsewhere, first);
    expect([elsewhere.page.status, elsewhere.page.h1]).toEqual(lost);
    expect(elsewhere.page.text).not.toContain('メールをもう一度送る');
    await running.mailbox.nothingFor(first.email);
    await signsIn(suzuki, second);
    expect(suzuki.page.h1).toBe('TOPページ');
  });

  it('are one administrator when 20 of them activate at once', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000001',
      name: 'もみじ商事株式会社',
    });
    const people = Array.from({ length: 20 }, (_, index) => ({
      person: running.visitor(),
      entered: applicant(`momiji-${index}`),
    }));
    for (const { person, entered } of people) await registers(person, corporation, entered);
    await running.mailbox.everythingIsSent();
    const links = running.mailbox
      .all()
      .filter(({ to }) => to.startsWith('momiji-'))
      .map((mail) => running.mailbox.linkIn(mail));
    expect(links).toHaveLength(20);
    const answers = await Promise.all(
      links.map((link) => running.visitor().sends('POST', link, { fields: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      303,
      ...Array<number>(19).fill(410),
    ]);
    const { rowCount } = await running.pool.query(
      'select from usable_administrators where corporation_id = $1',
      [corporation.id],
    );
    expect(rowCount).toBe(1);
  });

  it('may want the same login ID: an unproved registration holds none', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000007',
      name: 'かし株式会社',
    });
    const mistyped = applicant('kashi', { email: 'mistyped@kashi.example' });
    await registers(running.visitor(), corporation, mistyped);
    const person = running.visitor();
    const entered = applicant('kashi', { email: 'right@kashi.example' });
    await registers(person, corporation, entered);
    await activates(
      person,
      running.mailbox.linkIn(await running.mailbox.mailTo('right@kashi.example')),
    );
    await signsIn(person, entered);
    expect(person.page.h1).toBe('TOPページ');
  });

  it('may want the same login ID: the earlier one, if it is proved first, chooses another', async () => {
    const tochi = { corporateNumber: '2000008', name: 'とち株式会社' };
    const corporation = await running.people.corporationExists(tochi);
    const [first, second] = ['first', 'second'].map((name) =>
      applicant('tochi', { email: `${name}@tochi.example` }),
    ) as [Applicant, Applicant];
    for (const entered of [first, second]) await registers(running.visitor(), corporation, entered);
    const person = running.visitor();
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(first.email)));
    expect(person.page.errorsAt('ログインID')).toEqual(['ログインIDを入力してください。']);
    person.fills('ログインID', 'tochi.first');
    await person.presses('登録を完了する');
    await signsIn(person, { ...first, loginId: 'tochi.first' });
    expect(person.page.h1).toBe('TOPページ');
  });
});

describe('a registration whose link has expired', () => {
  it('gives its place to the next one', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000003',
      name: 'かえで株式会社',
    });
    const [sato, suzuki] = [applicant('kaede.sato'), applicant('kaede.suzuki')];
    const [first, second] = [running.visitor(), running.visitor()];
    await registers(first, corporation, sato);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(sato.email));
    await running.clock.advance('24 hours');
    await registers(second, corporation, suzuki);
    expect(second.page.h1).toBe('新規登録受付完了');

    await first.opens(link);
    expect(first.page.status).toBe(410);
    await signsIn(first, sato);
    expect(first.page.status).toBe(422);
    await activates(second, running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
    await signsIn(second, suzuki);
    expect(second.page.h1).toBe('TOPページ');
  });

  it('frees its login ID for the same company', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000004',
      name: 'ぶな株式会社',
    });
    await registers(running.visitor(), corporation, applicant('buna'));
    await running.clock.advance('24 hours');
    const person = running.visitor();
    await registers(person, corporation, applicant('buna', { email: 'new@buna.example' }));
    expect(person.page.h1).toBe('新規登録受付完了');
    await running.mailbox.mailTo('new@buna.example');
  });
});

describe('a login ID that somebody has', () => {
  let corporation: Corporation;
  beforeAll(async () => {
    const sugi = { corporateNumber: '2000005', name: 'すぎ株式会社' };
    await running.people.administratorExists({
      corporation: await running.people.corporationExists(sugi),
      loginId: 'tanaka',
      name: '田中 実',
    });
    const matsu = { corporateNumber: '2000006', name: 'まつ株式会社' };
    corporation = await running.people.corporationExists(matsu);
  });

  it('is refused in any case and width, and another one registers', async () => {
    const person = running.visitor();
    const email = 'minoru@matsu.example';
    for (const loginId of ['ＴＡＮＡＫＡ', 'Tanaka']) {
      await registers(person, corporation, applicant(loginId, { email }));
      expect(person.posted!.status).toBe(422);
      expect(person.page.errors).toEqual([expect.stringContaining('このログインIDは使えません。')]);
    }
    await running.mailbox.nothingFor(email);
    await person.follows('ログインIDを変更');
    person.fills('ログインID', 'tanaka.minoru');
    person.fills('パスワード', applicant('').password);
    person.fills('パスワード確認', applicant('').password);
    await person.presses('確認');
    await person.presses('登録');
    expect(person.page.h1).toBe('新規登録受付完了');
    await running.mailbox.mailTo(email);
    await person.presses('取り消して内容を直す');
  });

  it('uses up none of the mails that one may cause', async () => {
    const person = running.visitor();
    const email = 'makoto@matsu.example';
    await registers(person, corporation, applicant('tanaka', { email }));
    for (let times = 0; times < 3; times += 1) await person.presses('登録');
    expect(person.posted!.status).toBe(422);
    await running.mailbox.nothingFor(email);
  });
});
