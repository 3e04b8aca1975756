import { startApp, type RunningApp } from '../support/app.js';
import type { Corporation, Member } from '../support/people.js';
import { outcomesOf, signedIn } from '../support/own-account.js';

/** 100 characters as people count them; some are two or more in the computer. */
const LONG_NAME = '髙﨑𠮷神葛󠄀'.repeat(20);

let running: RunningApp;
let sakura: Corporation;
let sato: Member;
let people = 0;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  sato = await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());

function suzuki(): Promise<Member> {
  people += 1;
  return running.people.staffExists({
    corporation: sakura,
    loginId: `suzuki-${people}`,
    name: '鈴木 次郎',
    nameKana: 'スズキ ジロウ',
    department: '',
    phone: '',
  });
}

async function row(id: string): Promise<Record<string, string>> {
  const { rows } = await running.pool.query('select * from accounts where id = $1', [id]);
  return rows[0];
}

describe('自分の情報とパスワード', () => {
  it('shows what is known of the person, and nothing of others', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    await person.follows('自分の情報とパスワード', '登録内容、パスワード');
    expect(person.page.h1).toBe('自分の情報とパスワード');
    expect(person.page.facts).toMatchObject({
      法人名: '株式会社さくら',
      ログインID: member.loginId,
      氏名: '鈴木 次郎',
      フリガナ: 'スズキ ジロウ',
      部署: '（入力なし）',
      電話番号: '（入力なし）',
      メールアドレス: member.email,
      表示とメールの言語: '日本語',
    });
    expect(person.page.text).not.toContain(sato.email);
  });

  it.each([
    '/me',
    '/me/profile',
    '/me/language',
    '/me/email',
    '/me/password',
    '/me/sessions',
    '/me/sign-ins',
  ])('%s asks for signing in, and is never kept by a browser', async (path) => {
    const answer = await running.visitor().sends('GET', path);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`/login?next=${encodeURIComponent(path)}`);
    const page = await (await signedIn(running, sato)).sends('GET', path);
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store']);
  });
});

describe('the profile', () => {
  it('is changed, with kana in katakana and names as they were typed', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    await person.opens('/me');
    await person.follows('氏名を変更');
    expect(person.page.field('氏名').getAttribute('value')).toBe('鈴木 次郎');
    person.fills('氏名', ' 渡邊 𠮷子 ');
    person.fills('フリガナ', 'わたなべ ﾖｼｺ');
    person.fills('部署', '総務部');
    person.fills('電話番号', '０３ー１２３４−５６７８');
    await person.presses('変更する');
    expect(person.page.path).toBe('/me');
    expect(person.page.notice).toBe('登録内容（氏名・フリガナ・部署・電話番号）を変更しました。');
    expect(person.page.header).toContain('渡邊 𠮷子 様');
    expect(person.page.facts).toMatchObject({
      氏名: '渡邊 𠮷子',
      フリガナ: 'ワタナベ ヨシコ',
      部署: '総務部',
      電話番号: '03-1234-5678',
    });
    await row(member.id);
    expect(await outcomesOf(running, 'profile-change')).toEqual(['done']);
  });

  it('takes names of 100 characters, byte for byte', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    await person.opens('/me/profile');
    person.fills('氏名', LONG_NAME);
    await person.presses('変更する');
    expect((await row(member.id)).name).toBe(LONG_NAME);
    expect(person.page.facts.氏名).toBe(LONG_NAME);
    await person.opens('/me/profile');
    person.fills('氏名', `${LONG_NAME}一`);
    await person.presses('変更する');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual(['氏名は100文字以内で入力してください。']);
  });

  it('is refused with what was typed', async () => {
    const person = await signedIn(running, await suzuki());
    await person.opens('/me/profile');
    person.fills('氏名', '');
    person.fills('フリガナ', '漢字');
    person.fills('電話番号', 'でんわ');
    await person.presses('変更する');
    expect(person.page.status).toBe(422);
    expect(person.page.errors).toEqual([
      '氏名を入力してください。',
      expect.stringMatching('^フリガナは、カタカナまたはひらがなで入力してください'),
      '電話番号は、数字と記号（+ - ( )）を使い、20文字以内で入力してください。',
    ]);
    expect(person.page.field('電話番号').getAttribute('value')).toBe('でんわ');
  });

  it('has no effect on role, company, state, address, or anybody else', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    const [before, other] = [await row(member.id), await row(sato.id)];
    const fields = {
      name: '鈴木 三郎',
      nameKana: 'スズキ サブロウ',
      role: 'administrator',
      corporationId: '00000000-0000-4000-8000-000000000000',
      corporation_id: '00000000-0000-4000-8000-000000000000',
      state: 'suspended',
      email: 'evil@evil.example',
      loginId: 'evil',
      id: sato.id,
      accountId: sato.id,
    };
    await person.sends('POST', '/me/profile', { fields });
    const { name: _, name_kana: __, version: ____, changed_at: _____, ...same } = before;
    expect(await row(member.id)).toMatchObject({ ...same, name: '鈴木 三郎' });
    expect(await row(sato.id)).toEqual(other);
  });
});

describe('the language', () => {
  it('is that of the pages and of the mails', async () => {
    const member = await suzuki();
    const person = await signedIn(running, member);
    await person.opens('/me/language');
    await person.presses('変更する');
    expect(person.page.notice).toBe('表示する言語は、これまでと同じです。');
    await person.opens('/me/language');
    person.checks('English');
    await person.presses('変更する');
    expect(person.page.h1).toBe('My account and password');
    expect((await row(member.id)).language).toBe('en');
    const fields = { email: `en-${people}@new.example` };
    await person.sends('POST', '/me/email', { fields });
    const mail = await running.mailbox.mailTo(fields.email);
    expect(mail.subject).toBe('[Corporate Web System] Change of email address');
    await person.opens('/me/language');
    expect(person.page.field('English').hasAttribute('checked')).toBe(true);
    person.checks('日本語');
    await person.presses('Change');
    expect((await row(member.id)).language).toBe('ja');
  });
});
