import { startApp, type RunningApp } from '../../support/app.js';
import { entersDetails, signsIn } from '../../support/registration.js';
import { leftBehind, takesOver, type LeftBehind } from '../../support/succession.js';

let running: RunningApp;
let left: LeftBehind;
beforeAll(async () => {
  running = await startApp();
  left = await leftBehind(running);
  await running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00'));
});
afterAll(() => running.stop());

describe('前任者が異動等でID・パスワードが分からない場合', () => {
  it('leads from the login page to the mail, in the words of the manual', async () => {
    const { corporation, suzuki } = left;
    const person = running.visitor({ address: '198.51.100.7' });
    await person.opens('/login');
    await person.follows('こちら', '前任者の異動などによりログインできない場合は');
    expect(person.page.path).toBe('/admin-enrollment');
    expect(person.page.h1).toBe('法人WEBシステム 管理担当者追加登録');
    expect(person.page.text).toContain('※1 管理権限を保有する担当者を追加登録します。');
    expect(person.page.text).toContain('※2 登録時に認証の為、法人番号と');
    expect(person.page.text).toContain('※3 登録完了時に、既存の管理者にも完了メールが');

    await person.follows('登録へ進む');
    person.fills('法人番号', corporation.corporateNumber);
    person.fills('お振込先口座番号', '00-12345');
    await person.presses('確認');
    expect(person.page.path).toMatch(/^\/admin-enrollment\/details\?flow=/);
    await entersDetails(person, suzuki);
    expect(person.page.facts).toMatchObject({ 法人名: corporation.name, 氏名: suzuki.name });
    await running.mailbox.nothingFor(left.sato.email);
    await person.presses('登録');
    expect(person.page.h1).toBe('管理者追加登録完了');
    expect(person.page.text).toContain(
      'ご入力頂きましたメールアドレス宛てに、ご案内のメールを送信致しました。',
    );
  });

  it('tells every existing administrator who, when, from where, and how to object', async () => {
    const mail = await running.mailbox.mailTo(left.sato.email);
    expect(mail.subject).toBe('[法人WEBシステム] 管理者の追加登録のお申し込みがありました');
    expect(mail.text).toContain('登録は、まだ完了していません。');
    expect(mail.text).toContain('お申し込みの方：鈴木 一郎 様');
    expect(mail.text).not.toContain('登録された');
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('鈴木 一郎 様');
      expect(part).toContain('example[.]jp');
      expect(part).not.toContain(left.suzuki.email);
      expect(part).toContain('2026年11月22日(日) 18時30分');
      expect(part).toContain('198.51.100.7（ネットワーク 198.51.100.0/24）');
      expect(part).toContain('2026年12月22日(火) 18時30分');
    }
    expect(mail.text).toContain(
      'ログインできるようになってから72時間、ご本人が管理者としてできるのは',
    );
    expect(mail.text).toContain('ログインできるようになってから72時間以内に申し立てると');
    expect(mail.text).toContain(
      'そのあとも2026年12月22日(火) 18時30分（日本時間）までは申し立てることができ、',
    );
    expect(running.mailbox.linkIn(mail)).toMatch(
      new RegExp(`^${running.url}/admin-enrollment/objection/[\\w-]{43}$`),
    );
  });

  it('lets the newcomer sign in after the proof of the mailbox, not before', async () => {
    const { suzuki } = left;
    const person = running.visitor();
    await signsIn(person, suzuki);
    expect(person.page.h1).toBe('登録がまだ完了していません');

    const mail = await running.mailbox.mailTo(suzuki.email);
    expect(mail.subject).toBe('[法人WEBシステム] 管理者追加登録完了のご案内');
    expect(mail.text).not.toContain(suzuki.loginId);
    await person.opens(running.mailbox.linkIn(mail));
    expect(person.page.facts).toMatchObject({ ログインID: suzuki.loginId });
    expect(person.page.path).toBe('/activation');
    await running.mailbox.nothingFor(left.sato.email);
    await person.presses('登録を完了する');
    const told = await running.mailbox.mailTo(left.sato.email);
    expect(told.subject).toBe('[法人WEBシステム] 管理者が追加登録されました');
    expect(told.text).toContain('登録された方：鈴木 一郎 様');
    expect(told.text).not.toContain('申し込み');
    expect(person.page.path).toBe('/login?next=%2Faccounts');
    person.fills('ID', suzuki.loginId);
    person.fills('パスワード', suzuki.password);
    await person.presses('ログイン');
    expect(person.posted!.headers.location).toBe('/accounts');
  });
});

describe('a company without administrators', () => {
  it('is led to 新規登録', async () => {
    const corporation = await running.people.corporationExists({
      corporateNumber: '31',
      name: 'くすのき株式会社',
    });
    const person = running.visitor();
    await person.opens('/admin-enrollment/numbers');
    person.fills('法人番号', corporation.corporateNumber);
    person.fills('お振込先口座番号', '12345');
    await person.presses('確認');
    expect(person.page.status).toBe(409);
    expect(person.page.text).not.toContain('くすのき');
    await person.follows('新規登録へ進む');
    expect(person.page.path).toBe('/initiate');
  });
});

describe('a login ID that somebody has', () => {
  it('is told by the mail alone, and another one is chosen behind its link', async () => {
    const { corporation, sato, suzuki } = await leftBehind(running);
    const taken = { ...suzuki, loginId: sato.loginId };
    const person = running.visitor();
    const link = { corporation, sato, suzuki: taken };
    await takesOver(running, link, person);
    expect(person.page.status).toBe(422);
    expect(person.page.text).toContain('入力されたログインIDは使えないため');
    for (const wrong of ['abc', sato.loginId.toUpperCase(), suzuki.password]) {
      person.fills('ログインID', wrong);
      await person.presses('登録を完了する');
      expect(person.page.status).toBe(422);
    }
    person.fills('ログインID', 'Ｓuzuki.new');
    await person.presses('登録を完了する');
    expect(person.page.path).toBe('/login?next=%2Faccounts');
    await signsIn(person, { ...taken, loginId: 'suzuki.new' });
    expect(person.page.path).toBe('/');
    await signsIn(running.visitor(), sato);
  });
});
