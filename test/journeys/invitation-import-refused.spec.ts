import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { invited, invites, office } from '../support/invitation.js';
import {
  HEADER,
  invitedOf,
  linesOn,
  listOf,
  pastes,
  uploads,
} from '../support/invitation-import.js';

const BOUNDARY = 'a boundary as browsers choose it'.replaceAll(' ', '-');

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const typedOn = ({ page }: Visitor) =>
  page.field('一覧の貼り付け').textContent.trim().replaceAll('\r', '');

const part = (content: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="people"\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;

describe('nobody is invited', () => {
  it('while a line is to be corrected; each says how, and the list stays to be corrected', async () => {
    const { person, corporation } = await office(running);
    const text = [
      HEADER,
      '春田,ハルタ,,,haruta@sakura.example,担当者',
      ',123,総務部 http://x.example,abc,haruta,社員',
      '"春　田",ナツキ,,,HARUTA+2@sakura.example,管理者',
      '秋山,アキヤマ,,,akiyama@sakura.example,管理者,余り',
    ].join('\n');
    await pastes(person, text);
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual([
      '3行に修正が必要です。まだ、どなたにも招待をお送りしていません。',
    ]);
    const [second, third, fourth] = linesOn(person);
    for (const words of [
      '3行目',
      '氏名を入力してください。',
      'フリガナは、',
      '部署にURL・メールアドレス・電話番号は入れられません。',
      '20文字以内で入力してください。 入力された値：abc',
      'をご確認ください。例：taro@example.co.jp 入力された値：haruta',
      '権限は「管理者」か「担当者」と入力してください。 入力された値：社員',
    ])
      expect(second).toContain(words);
    expect(third).toContain('春 田 2行目と同じ方です。');
    expect(fourth).toContain('見出しより列が多くあります。');
    expect(typedOn(person)).toBe(text);

    person.fills('一覧の貼り付け', text.split('\n').slice(0, 2).join('\n'));
    await person.presses('内容を確認する');
    expect(linesOn(person)).toHaveLength(1);
    expect(await invitedOf(running, corporation)).toBe(0);
  });

  it.each([
    ['nothing', '', 'ファイルを選ぶか、招待する方の一覧を貼り付けてください。'],
    ['a header alone', HEADER, '招待する方の行がありません。'],
    ['too many', listOf(501).text, '501名分の行がありますので、分けて招待してください。'],
    ['too long', 'a\n'.repeat(10_000), '10001行あるため、読み取れません。'],
    [
      'a workbook',
      Buffer.from('PK\u0003\u0004\0\0\0workbook'),
      'Excelのブック（.xlsx・.xls）は読み取れません。',
    ],
  ])('from %s', async (_, list, sentence) => {
    const { person } = await office(running);
    if (typeof list === 'string') await pastes(person, list);
    else await uploads(person, list);
    expect(person.page.status).toBe(422);
    expect(person.page.errors.join()).toContain(sentence);
  });

  it.each([
    [
      'a header without a column',
      '氏名,フリガナ,権限\n春田,ハルタ,担当者',
      '列「メールアドレス」がありません。',
    ],
    ['a header with one twice', `${HEADER},氏名\n春田`, '列「氏名」が2つ以上あります。'],
    ['an open quote', `${HEADER}\n"春田,ハルタ`, '引用符（"）の使い方が正しくない'],
    ['an unknown encoding', Buffer.from([0xff, 0x81, 0x20, 0xff]), '読み取れない文字があります。'],
  ])('from %s, which its line says', async (_, list, sentence) => {
    const { person } = await office(running);
    if (typeof list === 'string') await pastes(person, list);
    else await uploads(person, list);
    expect(person.page.status).toBe(422);
    expect(linesOn(person).join()).toContain(sentence);
  });

  it('by a body that is too large or broken, and no other form takes files', async () => {
    const { person } = await office(running);
    const sends = (path: string, body: string) =>
      person.sends('POST', path, {
        raw: body,
        headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      });
    const path = '/accounts/invitations/import';
    expect((await sends(path, part('x'))).status).toBe(422);
    expect((await sends(path, part('x'.repeat(600_000)))).status).toBe(413);
    expect((await sends(path, 'nothing of this kind')).status).toBe(400);
    // Refused by their number: to the parser a body without an end is broken.
    const unended = part('').replace(`--${BOUNDARY}--`, '');
    expect((await sends(path, unended)).status).toBe(400);
    expect((await sends(path, unended.repeat(4_000))).status).toBe(413);
    expect((await sends('/accounts/new', part('x'))).status).toBe(415);
  });
});

it('a list that is kept back leaves no waiting time behind', async () => {
  const { person } = await office(running);
  await invites(person, invited('waits@sakura.example'));
  for (const name of ['一宮', '二宮'])
    await invites(person, invited('soumu@full.example', { name }));
  await running.clock.advance('4 minutes');
  const people = [
    ['三宮', 'soumu@full'],
    ['四宮', 'soumu@full'],
    ['春田', 'waits@sakura'],
  ];
  await pastes(
    person,
    [HEADER, ...people.map(([name, mailbox]) => `${name},ナマエ,,,${mailbox}.example,担当者`)].join(
      '\n',
    ),
  );
  await person.presses('3名を招待する');
  expect(person.page.errors.join()).toContain('soumu@full.example へメールを送信できる回数');
  await person.opens('/accounts/invitations');
  await person.presses('再送する', 'waits@sakura.example');
  expect(person.page.notice).toContain('鈴木 一郎 様に招待のメールを再送しました。');
});

it('a session that ended keeps the list', async () => {
  const { person, sato } = await office(running);
  const { text, emails } = listOf(1);
  await person.opens('/accounts/invitations/import');
  await running.clock.advance('31 minutes');
  person.attaches('CSVファイル', Buffer.from(text));
  await person.presses('内容を確認する');
  person.fills('ID', sato.loginId);
  person.fills('パスワード', sato.password);
  await person.presses('ログイン');
  expect(person.page.h1).toBe('まとめて招待');
  expect(typedOn(person)).toBe(text);
  await person.presses('内容を確認する');
  expect(person.page.text).toContain(emails[0]!);
});
