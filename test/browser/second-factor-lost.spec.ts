import {
  beginsRemoval,
  enrolmentLink,
  entersEnrolment,
  lossMail,
  newsMail,
  smallCompany,
} from '../support/lost-factor.js';
import { newLinkOf } from '../support/factor-recovery.js';
import { AuthenticatorApp, hasFactor } from '../support/second-factor.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { adds, allAreUnplugged, seated } from './passkey-seat.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
afterEach(() => stage.genkan.clock.reset());

async function asked(way: Way) {
  const company = await smallCompany(stage.genkan);
  const { loginId, password } = company.sato;
  await way.signsIn(loginId, password);
  return company;
}

async function begun(way: Way) {
  const company = await smallCompany(stage.genkan);
  const person = await beginsRemoval(stage.genkan, company);
  for (const [name, cookie] of person.jar.cookies) way.person.jar.cookies.set(name, cookie);
  return { company, path: person.page.url.href };
}

async function administrator(way: Way) {
  const company = await smallCompany(stage.genkan);
  const { sato, suzuki, equipped } = company;
  await hasFactor(stage.genkan, suzuki);
  await way.signsIn(sato.loginId, sato.password);
  await way.submits({ code: await equipped.app.nextCode() });
  return company;
}

/** The way to each page, which tells its status, and words by which the page is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the way without a code': [
    (way) => asked(way).then(() => way.shows('/lost-factor')),
    'どれもお使いになれない場合',
  ],
  'the mail that is on its way': [
    (way) => asked(way).then(() => way.shows('/lost-factor/sent')),
    'ご登録のメールアドレスに',
  ],
  'the proof of the company': [
    async (way) => {
      const { sato } = await asked(way);
      await way.person.sends('POST', '/lost-factor', { fields: {} });
      return way.shows(stage.genkan.mailbox.linkIn(await lossMail(stage.genkan, sato)));
    },
    '取り消されます',
  ],
  'the beginning': [async (way) => way.shows((await begun(way)).path), '異議の申し立てがあると'],
  'the objection': [
    async (way) => {
      const { company } = await begun(way);
      const mail = await newsMail(stage.genkan, company.billing);
      return way.shows(stage.genkan.mailbox.linkIn(mail));
    },
    'このページを閉じてください',
  ],
  'a link that leads nowhere': [(way) => way.shows('/lost-factor/objection/x'), '途中で切れて'],
  'what runs in the company': [
    async (way) => {
      const { company } = await begun(way);
      await way.signsIn(company.suzuki.loginId, company.suzuki.password);
      return way.shows('/lost-factor/running');
    },
    '異議を申し立てると',
  ],
  'the TOP page of those days': [
    async (way) => {
      const { company } = await begun(way);
      await way.signsIn(company.suzuki.loginId, company.suzuki.password);
      return way.shows('/');
    },
    'お手続きが進んでいます',
  ],
  'the end': [
    async (way) => {
      const { company } = await begun(way);
      return way.shows(await enrolmentLink(stage.genkan, company.sato));
    },
    'ほかのページはご利用いただけません',
  ],
  'a session that can only enrol': [
    async (way) => {
      const { company } = await begun(way);
      const link = await enrolmentLink(stage.genkan, company.sato);
      const { jar } = await entersEnrolment(stage.genkan, link, company.sato);
      for (const [name, cookie] of jar.cookies) way.person.jar.cookies.set(name, cookie);
      return way.shows('/me/second-factor/totp');
    },
    'QRコードを読み取ってください',
  ],
  'the removal for somebody else': [
    async (way) => {
      const { suzuki } = await administrator(way);
      return way.shows(`/accounts/${suzuki.id}/second-factor`);
    },
    'お電話などで必ずご確認ください',
  ],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const way = await stage.newWay(language);
    expect(await reach(way)).toBe(name.includes('nowhere') ? 410 : 200);
    if (language === 'ja') await way.page.getByText(words).first().waitFor();
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'the only administrator walks from the lost telephone to another one (JavaScript: $javaScript, $width px)',
  async ({ javaScript, width, Hands }) => {
    const { genkan } = stage;
    const { sato, corporation, suzuki } = await smallCompany(genkan);
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, text: string): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }

    await page.goto('/login');
    await person.fills('ID', sato.loginId);
    await person.fills('パスワード', sato.password);
    await person.presses('ログイン');
    await person.follows('確認コードを入力できない方');
    await reads('/lost-factor', 'どれもお使いになれない場合');
    await person.presses('お手続きのご案内を受け取る');
    await reads('/lost-factor/sent', 'ご登録のメールアドレスに');
    await page.goto(genkan.mailbox.linkIn(await lossMail(genkan, sato)));
    await reads('/lost-factor/numbers', 'ご契約の確認');
    await person.fills('法人番号', corporation.corporateNumber);
    await person.fills('お振込先口座番号', '9999999');
    await person.presses('お手続きを始める');
    await reads('/lost-factor/numbers', '組み合わせを確認できませんでした');
    await person.fills('お振込先口座番号', corporation.transferAccounts[0]!);
    await person.presses('お手続きを始める');
    await reads('/lost-factor/begun', '異議の申し立てがあると');
    await newsMail(genkan, suzuki.email);
    await page.goto(await enrolmentLink(genkan, sato));
    await reads('/lost-factor/enrolment', 'ほかのページはご利用いただけません');
    await person.fills('パスワード', sato.password);
    await person.presses('設定へ進む');
    await reads('/me/second-factor/totp', 'QRコードを読み取ってください');
    await page.goto('/accounts');
    await reads('/me/second-factor/totp', 'QRコードを読み取ってください');
    const app = new AuthenticatorApp(genkan, (await page.locator('#totp-key').textContent())!);
    await person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    await reads('/me/second-factor/recovery-codes', '2段階認証を設定しました。');
  },
);

it('a passkey answers in a recovery, with scripts', async () => {
  const seat = await seated(stage);
  await adds(seat, '会社のパソコン');
  const { member, page, person } = seat;
  const { corporation } = member;
  await page.context().clearCookies({ name: 'session' });
  await page.goto(await newLinkOf(stage.genkan, member));
  await person.fills('法人番号', corporation.corporateNumber);
  await person.fills('お振込先口座番号', corporation.transferAccounts[0]!);
  await person.presses('確認');
  await page.waitForURL((url) => url.pathname === '/password-reset/second-factor');
  expect(await findings(page)).toEqual([]);
  await person.presses('パスキーを使う');
  await page.waitForURL((url) => url.pathname === '/password-reset/new-password');
  await allAreUnplugged();
});
