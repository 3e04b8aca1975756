import type { Member } from '../support/people.js';
import { signsIn as signsInElsewhere } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();

async function suzuki(way: Way): Promise<Member> {
  const { corporation, entered } = await stage.newcomer();
  const { loginId } = entered;
  const member = await stage.genkan.people.administratorExists({
    corporation,
    loginId,
    name: '鈴木 次郎',
  });
  await way.signsIn(loginId, member.password);
  return member;
}

/** The link in the next mail. */
const linkTo = async (address: string) =>
  stage.genkan.mailbox.linkIn(await stage.genkan.mailbox.mailTo(address));

async function asksForEmail(way: Way): Promise<{ member: Member; to: string }> {
  const member = await suzuki(way);
  const to = `new-${member.email}`;
  await way.opens('/me/email');
  await way.submits({ email: to });
  await stage.genkan.mailbox.mailTo(member.email);
  return { member, to };
}

async function changesEmail(way: Way): Promise<Member> {
  const { member, to } = await asksForEmail(way);
  await way.opens(await linkTo(to));
  await way.submits();
  return member;
}

async function isReported(way: Way): Promise<string> {
  const member = await suzuki(way);
  await signsInElsewhere(stage.genkan.visitor(), member);
  return linkTo(member.email);
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the own account, with a change under way,': [
    async (way) => {
      await asksForEmail(way);
      return way.shows('/me');
    },
    '新しいメールアドレスでの確認を待っています。',
  ],
  'the profile': [(way) => suzuki(way).then(() => way.shows('/me/profile')), 'フリガナ'],
  'the profile, refused,': [
    async (way) => {
      await suzuki(way);
      return way.showsAnswer({ name: '', nameKana: '漢字', phone: 'x' }, '/me/profile');
    },
    '氏名を入力してください。',
  ],
  'the language': [(way) => suzuki(way).then(() => way.shows('/me/language')), 'English'],
  'the mail address, with a change under way,': [
    async (way) => {
      await asksForEmail(way);
      return way.shows('/me/email');
    },
    'あと1つ、お手続きが必要です',
  ],
  'the mail address, refused,': [
    async (way) => {
      await suzuki(way);
      return way.showsAnswer({ email: 'x' }, '/me/email');
    },
    'メールアドレスの形式をご確認ください。',
  ],
  'the password': [(way) => suzuki(way).then(() => way.shows('/me/password')), '新パスワード'],
  'the password, refused,': [
    async (way) => {
      await suzuki(way);
      return way.showsAnswer({ password: 'abc', passwordConfirmation: 'abd' }, '/me/password');
    },
    '現在のパスワードを入力してください。',
  ],
  'the sessions': [
    async (way) => {
      const member = await suzuki(way);
      await signsInElsewhere(stage.genkan.visitor(), member);
      return way.shows('/me/sessions');
    },
    'ほかの端末からログアウト',
  ],
  'the sign-ins': [
    async (way) => {
      const member = await suzuki(way);
      for (let times = 0; times < 7; times += 1)
        await signsInElsewhere(stage.genkan.visitor(), { ...member, password: 'wrong-2026-one' });
      return way.shows('/me/sign-ins');
    },
    'パスワードが違いました',
  ],
  'the proof of an address': [
    async (way) => way.shows(await linkTo((await asksForEmail(way)).to)),
    'よろしければ',
  ],
  'the proved address': [
    (way) => changesEmail(way).then(() => way.shows('/email-change/completed')),
    'メールアドレスが変更されました。',
  ],
  'the undoing of a change': [
    async (way) => way.shows(await linkTo((await changesEmail(way)).email)),
    '取り消すと戻るメールアドレス',
  ],
  'the undone change': [
    async (way) => {
      await way.opens(await linkTo((await changesEmail(way)).email));
      await way.submits();
      return way.shows();
    },
    'パスワードを再登録する',
  ],
  'the report of a sign-in': [
    async (way) => way.shows(await isReported(way)),
    'お心当たりがない場合は',
  ],
  'the reported sign-in': [
    async (way) => {
      await way.opens(await isReported(way));
      await way.submits();
      return way.shows();
    },
    'すべての端末からログアウトし',
  ],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const way = await stage.newWay(language);
    const { page } = way;
    expect(await reach(way)).toBe(name.includes('refused') ? 422 : 200);
    if (language === 'ja') await page.locator('main').getByText(words).first().waitFor();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});

describe('the page that asks for the password', () => {
  it('is fit for everybody', async () => {
    const way = await stage.newWay('ja');
    await suzuki(way);
    await stage.genkan.clock.advance('5 minutes');
    expect(await way.showsAnswer({ email: 'x@new.example' }, '/me/email')).toBe(403);
    expect(await findingsEverywhere(way.page, 'ja')).toEqual([]);
    await stage.genkan.clock.reset();
  });
});
