import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { office } from '../support/invitation.js';
import { FILLED, type Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

/** 佐藤 at the page of 鈴木, who is staff. */
async function atPageOfSuzuki() {
  people += 1;
  const { corporation, person, sato } = await office(running);
  const given = { corporation, loginId: `suzuki-${people}`, name: '鈴木 一郎' };
  const suzuki = await running.people.staffExists(given);
  await person.opens(`/accounts/${suzuki.id}`);
  return { corporation, person, sato, suzuki };
}

async function rowOf({ id }: Member) {
  return (await running.pool.query('select * from accounts where id = $1', [id])).rows[0];
}

const save = (person: Visitor) => person.presses('変更を保存する');

it('佐藤 corrects name, kana, department and phone of 鈴木, and the search finds them', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  expect(person.page.h1).toBe('利用者情報の変更');
  expect(person.page.facts).toMatchObject({
    ログインID: suzuki.loginId,
    権限: '担当者',
    メールアドレス: suzuki.email,
    最後のログイン: '未ログイン',
  });
  person.fills('氏名', '渡邊 一郎');
  person.fills('フリガナ', 'わたなべ ｲﾁﾛｳ');
  person.fills('部署', '総務部');
  person.fills('電話番号', '０３−１２３４−５６７８');
  await save(person);
  expect(person.posted!.status).toBe(303);
  expect(person.page.notice).toBe('渡邊 一郎 様の氏名・フリガナ・部署・電話番号を変更しました。');
  expect(await rowOf(suzuki)).toMatchObject({
    name: '渡邊 一郎',
    name_kana: 'ワタナベ イチロウ',
    department: '総務部',
    phone: '03-1234-5678',
    role: 'staff',
    version: 2,
  });
  await running.mailbox.nothingFor(suzuki.email);
});

it('says at the field what is wrong, keeps what was typed and changes nothing', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  person.fills('氏名', 'https://evil.example');
  person.fills('フリガナ', '');
  await save(person);
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual([
    '氏名にURL・メールアドレス・電話番号は入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    'フリガナを入力してください。',
  ]);
  expect(person.page.field('氏名').getAttribute('value')).toBe('https://evil.example');
  expect(await rowOf(suzuki)).toMatchObject({ name: '鈴木 一郎', version: 1 });
});

it('makes 鈴木 an administrator from the next request on, and staff again', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  const browser = running.visitor();
  await signsIn(browser, suzuki);
  expect((await browser.opens('/accounts/new')).status).toBe(403);
  const posts = (role: string, version: string) =>
    person.sends('POST', `/accounts/${suzuki.id}`, {
      fields: { name: suzuki.name, nameKana: 'スズキ', role, version },
    });
  expect((await posts('administrator', '1')).status).toBe(303);
  const promoted = await running.mailbox.mailTo(suzuki.email);
  expect(promoted.subject).toBe('[法人WEBシステム] 権限変更のお知らせ');
  expect(promoted.text).toContain('佐藤 花子 様が、お客様の権限を「管理者」に変更しました。');
  expect((await browser.opens('/accounts/new')).status).toBe(200);

  expect((await posts('staff', '2')).status).toBe(303);
  const demoted = await running.mailbox.mailTo(suzuki.email);
  for (const part of [demoted.text, demoted.html])
    expect(part).toContain('佐藤 花子 様が、お客様の権限を「担当者」に変更しました。');
  expect((await browser.opens('/accounts/new')).status).toBe(403);
});

it('changes nothing but the fields of the form, whatever the body says', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  const before = await rowOf(suzuki);
  const answer = await person.sends('POST', `/accounts/${suzuki.id}`, {
    fields: {
      name: suzuki.name,
      ...FILLED,
      role: 'staff',
      version: '1',
      state: 'deleted',
      corporationId: '00000000-0000-4000-8000-000000000000',
      corporation_id: '00000000-0000-4000-8000-000000000000',
      loginId: 'other',
      email: 'x@evil.example',
      id: '00000000-0000-4000-8000-000000000000',
      passwordHash: 'x',
      held_until: '2099-01-01',
    },
  });
  expect(answer.status).toBe(303);
  expect(await rowOf(suzuki)).toEqual(before);
});

describe('two administrators at once', () => {
  it('the second sees both versions field by field, and can save the own one', async () => {
    const { person, suzuki, corporation } = await atPageOfSuzuki();
    const tanaka = await running.people.administratorExists({
      corporation,
      loginId: `tanaka-${people}`,
      name: '田中 健',
    });
    const second = running.visitor();
    await signsIn(second, tanaka);
    await second.opens(`/accounts/${suzuki.id}`);
    person.fills('部署', '総務部');
    await save(person);

    second.fills('部署', '経理部');
    second.fills('氏名', '鈴木 二郎');
    await save(second);
    expect(second.page.status).toBe(409);
    expect(second.page.h1).toBe('別のページで先に変更されています');
    const rows = second.page.root.querySelectorAll('tbody tr').map((row) => row.structuredText);
    expect(rows).toEqual([
      expect.stringMatching(/^氏名\s+鈴木 一郎\s+鈴木 二郎$/),
      expect.stringMatching(/^部署\s+総務部\s+経理部$/),
    ]);
    expect(await rowOf(suzuki)).toMatchObject({ name: '鈴木 一郎', department: '総務部' });
    await second.presses('自分の入力内容で保存する');
    expect(second.page.notice).toBe('鈴木 二郎 様の氏名・部署を変更しました。');
    expect(await rowOf(suzuki)).toMatchObject({ name: '鈴木 二郎', department: '経理部' });
  });

  it('can leave what is stored, and sees no conflict where both entered the same', async () => {
    const { person, suzuki } = await atPageOfSuzuki();
    const tab = person.tab();
    const same = person.tab();
    for (const each of [tab, same]) await each.opens(`/accounts/${suzuki.id}`);
    for (const each of [person, same]) each.fills('部署', '総務部');
    await save(person);
    await save(same);
    expect(same.page.notice).toBe('鈴木 一郎 様の登録内容に変更はありません。');
    tab.fills('部署', '経理部');
    await save(tab);
    await tab.follows('現在の登録内容のままにする');
    expect(tab.page.field('部署').getAttribute('value')).toBe('総務部');
  });

  it('a sign-in of the person meanwhile is no conflict', async () => {
    const { person, suzuki } = await atPageOfSuzuki();
    await signsIn(running.visitor(), suzuki);
    person.fills('部署', '総務部');
    await save(person);
    expect(person.page.notice).toBe('鈴木 一郎 様の部署を変更しました。');
    expect(person.page.facts.最後のログイン).toContain('2026年11月22日(日) 18時30分');
  });
});

it('of 20 parallel saves from one state, one is stored and the others are asked', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      person.sends('POST', `/accounts/${suzuki.id}`, {
        fields: { name: `鈴木 ${index}`, nameKana: 'スズキ', role: 'staff', version: '1' },
      }),
    ),
  );
  // A busy machine may send some away (503); nobody else saves.
  const told = answers.map(({ status }) => status).filter((status) => status !== 503);
  expect(told.toSorted()).toEqual([303, ...Array<number>(told.length - 1).fill(409)]);
});

it('a request without its version saves nothing, and says so in a whole sentence', async () => {
  const { person, suzuki } = await atPageOfSuzuki();
  const fields = { ...FILLED, name: '渡邊 一郎', role: 'staff' };
  const path = `/accounts/${suzuki.id}`;
  const answer = await person.sends('POST', path, { fields });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('途中で欠けていたため');
  expect(answer.text).not.toContain('{time}');
  expect(await rowOf(suzuki)).toMatchObject({ name: '鈴木 一郎', version: 1 });
  await running.pool.query(`update accounts set department = '法務部' where id = $1`, [suzuki.id]);
  const later = await person.sends('POST', path, { fields });
  expect(later.status).toBe(409);
  expect(later.text).not.toContain('{time}');
});
