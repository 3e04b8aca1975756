import type { Page } from 'playwright-core';
import type { Member } from '../support/people.js';
import { signsIn as signsInElsewhere } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import { comesSignedIn, opens, submits } from './wizard.js';

const stage = Stage.forThisFile();

async function suzuki(page: Page): Promise<Member> {
  const { corporation, entered } = await stage.newcomer();
  const { loginId } = entered;
  const member = await stage.genkan.people.administratorExists({
    corporation,
    loginId,
    name: '鈴木 次郎',
  });
  await comesSignedIn(page, loginId, member.password);
  return member;
}

/** The link in the next mail. */
const linkTo = async (address: string) =>
  stage.genkan.mailbox.linkIn(await stage.genkan.mailbox.mailTo(address));

async function asksForEmail(page: Page): Promise<{ member: Member; to: string }> {
  const member = await suzuki(page);
  const to = `new-${member.email}`;
  await opens(page, '/me/email');
  await submits(page, { email: to });
  await stage.genkan.mailbox.mailTo(member.email);
  return { member, to };
}

async function changesEmail(page: Page): Promise<Member> {
  const { member, to } = await asksForEmail(page);
  await opens(page, await linkTo(to));
  await submits(page);
  return member;
}

async function isReported(page: Page): Promise<string> {
  const member = await suzuki(page);
  await signsInElsewhere(stage.genkan.visitor(), member);
  return linkTo(member.email);
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(page: Page) => Promise<number>, string]> = {
  'the own account, with a change under way,': [
    async (page) => {
      await asksForEmail(page);
      return opens(page, '/me');
    },
    '新しいメールアドレスでの確認を待っています。',
  ],
  'the profile': [(page) => suzuki(page).then(() => opens(page, '/me/profile')), 'フリガナ'],
  'the profile, refused,': [
    async (page) => {
      await suzuki(page);
      await opens(page, '/me/profile');
      return submits(page, { name: '', nameKana: '漢字', phone: 'x' });
    },
    '氏名を入力してください。',
  ],
  'the language': [(page) => suzuki(page).then(() => opens(page, '/me/language')), 'English'],
  'the mail address, with a change under way,': [
    async (page) => {
      await asksForEmail(page);
      return opens(page, '/me/email');
    },
    '確認を待っている変更',
  ],
  'the mail address, refused,': [
    async (page) => {
      await suzuki(page);
      await opens(page, '/me/email');
      return submits(page, { email: 'x' });
    },
    'メールアドレスの形をご確認ください。',
  ],
  'the password': [(page) => suzuki(page).then(() => opens(page, '/me/password')), '新パスワード'],
  'the password, refused,': [
    async (page) => {
      await suzuki(page);
      await opens(page, '/me/password');
      return submits(page, { password: 'abc', passwordConfirmation: 'abd' });
    },
    '現在のパスワードを入力してください。',
  ],
  'the sessions': [
    async (page) => {
      const member = await suzuki(page);
      await signsInElsewhere(stage.genkan.visitor(), member);
      return opens(page, '/me/sessions');
    },
    'ほかの端末のログインをすべて終了',
  ],
  'the sign-ins': [
    async (page) => {
      const member = await suzuki(page);
      for (let times = 0; times < 7; times += 1)
        await signsInElsewhere(stage.genkan.visitor(), { ...member, password: 'wrong-2026-one' });
      return opens(page, '/me/sign-ins');
    },
    'パスワードが違いました',
  ],
  'the proof of an address': [
    async (page) => opens(page, await linkTo((await asksForEmail(page)).to)),
    'よろしければ',
  ],
  'the proved address': [
    (page) => changesEmail(page).then(() => opens(page, '/email-change/completed')),
    'メールアドレスが変更されました。',
  ],
  'the undoing of a change': [
    async (page) => opens(page, await linkTo((await changesEmail(page)).email)),
    '取り消すと戻るメールアドレス',
  ],
  'the undone change': [
    async (page) => {
      await opens(page, await linkTo((await changesEmail(page)).email));
      return submits(page);
    },
    'パスワードを再登録する',
  ],
  'the report of a sign-in': [
    async (page) => opens(page, await isReported(page)),
    '身に覚えがない場合は',
  ],
  'the reported sign-in': [
    async (page) => {
      await opens(page, await isReported(page));
      return submits(page);
    },
    'すべての端末でのログインを終了し',
  ],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const page = await stage.newPage({}, language);
    expect(await reach(page)).toBe(name.includes('refused') ? 422 : 200);
    if (language === 'ja') await page.locator('main').getByText(words).first().waitFor();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});

describe('the page that asks for the password', () => {
  it('is fit for everybody', async () => {
    const page = await stage.newPage();
    await suzuki(page);
    await opens(page, '/me/email');
    await stage.genkan.clock.advance('5 minutes');
    expect(await submits(page, { email: 'x@new.example' })).toBe(403);
    expect(await findingsEverywhere(page, 'ja')).toEqual([]);
    await stage.genkan.clock.reset();
  });
});
