import type { Page } from 'playwright-core';
import { topics } from '../../src/help/topics.js';
import { registers, type Applicant } from '../support/registration.js';
import { findingsEverywhere } from './findings.js';
import { isUsed } from '../support/proof.js';
import { Stage } from './stage.js';
import { entersDetails, entersNumbers, opens, signsIn, submits } from './wizard.js';

const stage = Stage.forThisFile();

async function registered(): Promise<Applicant> {
  const { corporation, entered } = await stage.newcomer();
  await registers(stage.genkan.visitor(), corporation, entered);
  return entered;
}

async function opensMailedLink(page: Page): Promise<number> {
  const { mailbox } = stage.genkan;
  return opens(page, mailbox.linkIn(await mailbox.mailTo((await registered()).email)));
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(page: Page) => Promise<number>, string]> = {
  'the login page': [(page) => opens(page, '/login'), 'はじめてご利用の方は'],
  'the login page, refused,': [(page) => signsIn(page, 'nobody', 'wrong-1234'), '相違している'],
  'the login page after the activation': [
    async (page) => {
      await opensMailedLink(page);
      return submits(page);
    },
    '登録が完了しました',
  ],
  'the opening page': [(page) => opens(page, '/initiate'), '登録へ進む'],
  'the page of the numbers': [(page) => opens(page, '/initiate/numbers'), '1ステップ目'],
  'the page of the numbers, refused,': [
    async (page) => {
      await opens(page, '/initiate/numbers');
      return submits(page);
    },
    '法人番号を入力してください',
  ],
  'the page of the details': [
    async (page) => entersNumbers(page, (await stage.newcomer()).corporation),
    '2ステップ目',
  ],
  'the page of the details, refused,': [
    async (page) => {
      await entersNumbers(page, (await stage.newcomer()).corporation);
      return submits(page, { email: 'sato', password: 'abc', passwordConfirmation: 'abd' });
    },
    '氏名を入力してください',
  ],
  'the confirmation': [
    async (page) => {
      const { corporation, entered } = await stage.newcomer();
      return entersDetails(page, corporation, entered);
    },
    '以下の内容で登録します',
  ],
  'the confirmation, refused,': [
    async (page) => {
      const { loginId } = await registered();
      const { corporation, entered } = await stage.newcomer();
      await entersDetails(page, corporation, { ...entered, loginId });
      return submits(page);
    },
    'このログインIDは使えません',
  ],
  'the completed registration': [
    async (page) => {
      const { corporation, entered } = await stage.newcomer();
      await entersDetails(page, corporation, entered);
      return submits(page);
    },
    '新規登録受付完了',
  ],
  'the completed registration by mail': [
    async (page) => (await appliesByMail(page)).status,
    'ご入力頂いた番号を確認し、ログインできるようになります。',
  ],
  'the page behind its mail': [
    async (page) => opens(page, (await appliesByMail(page)).link),
    '「登録を完了する」を押すと、ご入力頂いた法人番号とお振込先口座番号を確認します。',
  ],
  'the wrong numbers behind its mail, refused': [
    async (page) => {
      await opens(page, (await appliesByMail(page, '9999999')).link);
      return submits(page);
    },
    '番号を確認できませんでした',
  ],
  'the registration under review': [
    async (page) => {
      const { link, corporateNumber } = await appliesByMail(page);
      await isUsed(stage.genkan, 10, `proof:mail:others:${corporateNumber}`);
      await opens(page, link);
      return submits(page);
    },
    '登録のお申し込みを受け付けました',
  ],
  'the unfinished registration': [
    async (page) => {
      const { loginId, password } = await registered();
      return signsIn(page, loginId, password);
    },
    '登録がまだ完了していません',
  ],
  'the activation': [(page) => opensMailedLink(page), 'メールアドレスを確認しました'],
  'the TOP page': [
    async (page) => {
      const { corporation, entered } = await stage.newcomer();
      await stage.genkan.people.administratorExists({ corporation, ...entered });
      const { loginId, password } = entered;
      await signsIn(page, loginId, password);
      await page.context().clearCookies({ name: 'session' });
      await signsIn(page, loginId, 'wrong-1234');
      return submits(page, { password });
    },
    '1回のログイン失敗がありました',
  ],
  'the request for a new password': [(page) => opens(page, '/password-reset'), '送信'],
  'the page of questions': [(page) => opens(page, '/help'), 'メールが届かない'],
};
for (const { name, question } of topics)
  PAGES[`the answer on ${name}`] = [(page) => opens(page, `/help/${name}`), question.text];

/** Somebody registers where the numbers are compared behind the mailed link. */
async function appliesByMail(page: Page, account?: string) {
  const { corporation, entered } = await stage.newcomer();
  const { corporateNumber } = corporation;
  await isUsed(stage.genkan, 10, `proof:company:${corporateNumber}`);
  const numbers = account ? { ...corporation, transferAccounts: [account] } : corporation;
  await entersDetails(page, numbers, entered);
  const status = await submits(page);
  const { mailbox } = stage.genkan;
  return { status, corporateNumber, link: mailbox.linkIn(await mailbox.mailTo(entered.email)) };
}

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const page = await stage.newPage({}, language);
    expect(await reach(page)).toBe(name.includes('refused') ? 422 : 200);
    if (language === 'ja') await page.locator('main').getByText(words).first().waitFor();
    expect(await findingsEverywhere(page, language)).toEqual([]);
  });
});
