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

  it('may want the same login ID: the earlier one has it, if it is proved first', async () => {
    const tochi = { corporateNumber: '2000008', name: 'とち株式会社' };
    const corporation = await running.people.corporationExists(tochi);
    const [first, second] = ['first', 'second'].map((name) =>
      applicant('tochi', { email: `${name}@tochi.example` }),
    ) as [Applicant, Applicant];
    for (const entered of [first, second]) await registers(running.visitor(), corporation, entered);
    const person = running.visitor();
    await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(first.email)));
    expect(person.page.path).toBe('/login');
    await signsIn(person, first);
    expect(person.page.h1).toBe('TOPページ');
  });
  it('is chosen anew where another company took it meanwhile', async () => {
    const names = ['2000011', '2000012'].map((corporateNumber) => ({
      corporateNumber,
      name: 'とち',
    }));
    const [one, other] = [
      await running.people.corporationExists(names[0]!),
      await running.people.corporationExists(names[1]!),
    ];
    const first = applicant('nara', { email: 'first@nara.example' });
    const mistyped = running.visitor();
    await registers(running.visitor(), one, first);
    await registers(mistyped, one, applicant('nara', { email: 'second@nara.example' }));
    await mistyped.presses('取り消して内容を直す');
    await running.people.administratorExists({ corporation: other, loginId: 'nara', name: '奈良' });
    const person = running.visitor();
    await person.opens(running.mailbox.linkIn(await running.mailbox.mailTo(first.email)));
    person.fills('ログインID', 'nara.first');
    await person.presses('登録を完了する');
    await signsIn(person, { ...first, loginId: 'nara.first' });
    expect(person.page.h1).toBe('TOPページ');
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
