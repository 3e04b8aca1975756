import { topics } from '../../src/help/topics.js';
import { registers, type Applicant } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { isUsed } from '../support/proof.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();

async function registered(): Promise<Applicant> {
  const { corporation, entered } = await stage.newcomer();
  await registers(stage.genkan.visitor(), corporation, entered);
  return entered;
}

async function mailedLink(): Promise<string> {
  const { mailbox } = stage.genkan;
  return mailbox.linkIn(await mailbox.mailTo((await registered()).email));
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the login page': [(way) => way.shows('/login'), 'はじめてご利用の方は'],
  'the login page, refused,': [
    (way) => way.showsAnswer({ loginId: 'nobody', password: 'wrong-1234' }, '/login'),
    '相違している',
  ],
  'the login page after the activation': [
    async (way) => way.showsAnswer({}, await mailedLink()),
    '登録が完了しました',
  ],
  'the opening page': [(way) => way.shows('/initiate'), '登録へ進む'],
  'the page of the numbers': [(way) => way.shows('/initiate/numbers'), '1ステップ目'],
  'the page of the numbers, refused,': [
    (way) => way.showsAnswer({}, '/initiate/numbers'),
    '法人番号を入力してください',
  ],
  'the page of the details': [
    async (way) => {
      await way.entersNumbers((await stage.newcomer()).corporation);
      return way.shows();
    },
    '2ステップ目',
  ],
  'the page of the details, refused,': [
    async (way) => {
      await way.entersNumbers((await stage.newcomer()).corporation);
      return way.showsAnswer({ email: 'sato', password: 'abc', passwordConfirmation: 'abd' });
    },
    '氏名を入力してください',
  ],
  'the confirmation': [
    async (way) => {
      const { corporation, entered } = await stage.newcomer();
      await way.entersDetails(corporation, entered);
      return way.shows();
    },
    '次の内容で登録します',
  ],
  'the confirmation, refused,': [
    async (way) => {
      const { corporation: another, entered: tanaka } = await stage.newcomer();
      const { loginId, name } = tanaka;
      await stage.genkan.people.administratorExists({ corporation: another, loginId, name });
      const { corporation, entered } = await stage.newcomer();
      await way.entersDetails(corporation, { ...entered, loginId });
      return way.showsAnswer();
    },
    'このログインIDは使えません',
  ],
  'the completed registration': [
    async (way) => {
      const { corporation, entered } = await stage.newcomer();
      await way.entersDetails(corporation, entered);
      await way.submits();
      return way.shows();
    },
    '新規登録受付完了',
  ],
  'the completed registration by mail': [
    async (way) => {
      await appliesByMail(way);
      return way.shows();
    },
    '入力された番号を確認し、ログインできるようになります。',
  ],
  'the page behind its mail': [
    async (way) => way.shows((await appliesByMail(way)).link),
    '「登録を完了する」を押すと、入力された法人番号とお振込先口座番号を確認します。',
  ],
  'the wrong numbers behind its mail, refused': [
    async (way) => way.showsAnswer({}, (await appliesByMail(way, '9999999')).link),
    '番号を確認できませんでした',
  ],
  'the registration under review': [
    async (way) => {
      const { link, corporateNumber } = await appliesByMail(way);
      await isUsed(stage.genkan, 10, `proof:mail:others:${corporateNumber}`);
      await way.opens(link);
      await way.submits();
      return way.shows();
    },
    '登録のお申し込みを受け付けました',
  ],
  'the unfinished registration': [
    async (way) => {
      const { loginId, password } = await registered();
      return way.showsAnswer({ loginId, password }, '/login');
    },
    '登録がまだ完了していません',
  ],
  'the activation': [
    async (way) => way.shows(await mailedLink()),
    'お申し込みの内容をご確認のうえ',
  ],
  'the TOP page': [
    async (way) => {
      const { corporation, entered } = await stage.newcomer();
      await stage.genkan.people.administratorExists({ corporation, ...entered });
      const { loginId, password } = entered;
      await way.signsIn(loginId, password);
      way.person.jar.cookies.delete('session');
      await way.signsIn(loginId, 'wrong-1234');
      await way.submits({ password });
      return way.shows();
    },
    '1回のログイン失敗がありました',
  ],
  'the request for a new password': [(way) => way.shows('/password-reset'), '送信'],
  'the page of questions': [(way) => way.shows('/help'), 'メールが届かない'],
};
for (const { name, question } of topics)
  PAGES[`the answer on ${name}`] = [(way) => way.shows(`/help/${name}`), question.text];

/** Somebody registers where the numbers are compared behind the mailed link. */
async function appliesByMail(way: Way, account?: string) {
  const { corporation, entered } = await stage.newcomer();
  const { corporateNumber } = corporation;
  await isUsed(stage.genkan, 10, `proof:company:${corporateNumber}`);
  const numbers = account ? { ...corporation, transferAccounts: [account] } : corporation;
  await way.entersDetails(numbers, entered);
  await way.submits();
  const { mailbox } = stage.genkan;
  return { corporateNumber, link: mailbox.linkIn(await mailbox.mailTo(entered.email)) };
}

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
