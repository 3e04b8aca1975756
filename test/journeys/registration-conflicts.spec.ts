import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation } from '../support/people.js';
import {
  activates,
  applicant,
  entersDetails,
  entersNumbers,
  registers,
  signsIn,
} from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

describe('two people of one company', () => {
  it('get one account and one mail when 20 of them press 登録 at once', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000001',
      name: 'もみじ商事株式会社',
    });
    const people = Array.from({ length: 20 }, (_, index) => ({
      person: running.visitor(),
      entered: applicant(`momiji-${index}`),
    }));
    for (const { person, entered } of people) {
      await entersNumbers(person, corporation);
      await entersDetails(person, entered);
    }
    await Promise.all(people.map(({ person }) => person.presses('登録')));

    const statuses = people.map(({ person }) => person.posted!.status).sort();
    expect(statuses).toEqual([303, ...Array<number>(19).fill(409)]);
    const { rows } = await running.pool.query(
      'select login_id from accounts where corporation_id = $1',
      [corporation.id],
    );
    expect(rows).toHaveLength(1);
    await running.mailbox.everythingIsSent();
    const mails = running.mailbox.all().filter(({ to }) => to.startsWith('momiji-'));
    expect(mails.map(({ to }) => to)).toEqual([`${rows[0].login_id}@example.jp`]);

    const winner = people.find(({ person }) => person.posted!.status === 303)!;
    await activates(winner.person, running.mailbox.linkIn(mails[0]!));
    await signsIn(winner.person, winner.entered);
    expect(winner.person.page.path).toBe('/');
  });

  it('hears of the other one only that somebody is registering', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '2000002',
      name: 'けやき株式会社',
    });
    await registers(running.visitor(), corporation, applicant('keyaki', { name: '高橋 一郎' }));
    const suzuki = running.visitor();
    await entersNumbers(suzuki, corporation);
    expect(suzuki.page.status).toBe(409);
    expect(suzuki.page.h1).toBe('登録の手続きが進んでいます');
    expect(suzuki.page.text).not.toMatch(/高橋|keyaki|けやき/);
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
