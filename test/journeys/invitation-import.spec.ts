import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
import { accepts, invitationTo, invited, invites, office } from '../support/invitation.js';
import {
  HEADER,
  invitedOf,
  linesOn,
  listOf,
  pastes,
  uploads,
} from '../support/invitation-import.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const SENT = '名に招待のメールをお送りしました。';

describe('many people', () => {
  it('are invited from a pasted list, after a look at it, and come in', async () => {
    const { person, corporation } = await office(running);
    const { text, emails } = listOf(2);
    await person.opens('/accounts');
    await person.follows('まとめて招待する');
    person.fills('一覧の貼り付け', text.replace('03-1234-5678', '０３ー１２３４−５６７８'));
    await person.presses('内容を確認する');
    expect(person.page.h1).toBe('招待する方の確認');
    expect(linesOn(person)).toEqual([
      `2 中村 1郎ナカムラ 総務部 03-1234-5678 ${emails[0]} 担当者`,
      `3 中村 2郎ナカムラ 総務部 03-1234-5678 ${emails[1]} 担当者`,
    ]);
    expect(await invitedOf(running, corporation)).toBe(0);
    for (const email of emails) await running.mailbox.nothingFor(email);

    await person.presses('2名を招待する');
    expect(person.page.path).toBe('/accounts/invitations');
    expect(person.page.notice).toContain(`2${SENT}`);
    for (const email of emails) {
      const mail = await running.mailbox.mailTo(email);
      expect(mail.text).toContain('2026年11月29日(日) 18時30分まで');
      expect(person.page.text).toContain(email);
    }
    const newcomer = running.visitor();
    const link = running.mailbox.linkIn(running.mailbox.all().find(({ to }) => to === emails[1])!);
    await accepts(newcomer, link, 'nakamura-2');
    expect(newcomer.page.notice).toContain('登録が完了しました。');
  });

  it('stand in the order of their file where invitations wait', async () => {
    const { person } = await office(running);
    const { text, emails } = listOf(12);
    await uploads(person, Buffer.from(text));
    await person.presses('12名を招待する');
    const rows = person.page.root.querySelectorAll('tbody tr').map((row) => row.text);
    expect(rows.map((row) => emails.find((email) => row.includes(email)))).toEqual(emails);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['Shift_JIS', (text: string) => iconv.encode(text.replaceAll('\n', '\r\n'), 'cp932')],
    [
      'English',
      (text: string) =>
        Buffer.from(
          text
            .replace(HEADER, 'Name,name_kana,department,phone,email,ROLE')
            .replaceAll('担当者', 'Staff'),
        ),
    ],
    ['cells of a spreadsheet', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
    ['no header', (text: string) => Buffer.from(text.slice(HEADER.length + 1))],
    [
      'an export of ours',
      (text: string) => Buffer.from(text.replaceAll('03-1234-5678', "'+81-3-1234-5678")),
    ],
  ])('are read from a file: %s', async (_, encoded) => {
    const { person, corporation } = await office(running);
    const { text, emails } = listOf(2);
    await uploads(person, encoded(text));
    expect(linesOn(person)).toEqual(
      emails.map((email) =>
        expect.stringMatching(`中村 .郎ナカムラ 総務部 .*1234-5678 ${email} 担当者$`),
      ),
    );
    await person.presses('2名を招待する');
    expect(await invitedOf(running, corporation)).toBe(2);
  });

  it('may leave out department and telephone; other columns are named, and not read', async () => {
    const { person } = await office(running);
    await pastes(
      person,
      '社員番号,メールアドレス,氏名,フリガナ,権限\n7,tada@sakura.example,多田,タダ,管理者',
    );
    expect(person.page.facts).toMatchObject({ 使わない列: '社員番号' });
    expect(person.page.facts['管理者として招待する方']).toMatch(/^1名 /);
    await person.presses('1名を招待する');
    expect(person.page.notice).toContain(`1${SENT}`);
  });

  it('say who is known already, and whose invitation ends', async () => {
    const { person, sato } = await office(running);
    await invites(person, invited('waits@sakura.example'));
    const link = await invitationTo(running, 'waits@sakura.example');
    await pastes(
      person,
      `${HEADER}\n佐藤 次郎,サトウ,,,${sato.email.toUpperCase()},担当者\n鈴木　一郎,スズキ,,,waits@sakura.example,担当者`,
    );
    expect(person.page.text).toContain('2名に、ご確認いただきたい点があります。');
    expect(linesOn(person)[0]).toContain(
      'このアドレスでは、佐藤 花子 様がすでに登録されています。',
    );
    expect(linesOn(person)[1]).toContain('この方への以前の招待は使えなくなります。');
    expect((await running.visitor().opens(link)).status).toBe(200);
    await person.presses('2名を招待する');
    expect((await running.visitor().opens(link)).status).toBe(410);
  });
});
