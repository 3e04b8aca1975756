import type { Member } from '../support/people.js';
import { AuthenticatorApp } from '../support/second-factor.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();
afterEach(() => stage.genkan.clock.reset());

interface Company {
  administrator: Member;
  colleague: Member;
}

async function companyExists(): Promise<Company> {
  const { people } = stage.genkan;
  const { corporation, entered } = await stage.newcomer();
  const { loginId } = entered;
  const given = { corporation, loginId, name: '鈴木 次郎' };
  const other = { corporation, loginId: `${loginId}-2`, name: '髙橋 とても長い名前の𠮷彦' };
  return {
    administrator: await people.administratorExists(given),
    colleague: await people.administratorExists(other),
  };
}

async function signedIn(way: Way, { loginId, password }: Member): Promise<void> {
  await way.signsIn(loginId, password);
}

async function equipped(way: Way): Promise<Company> {
  const company = await companyExists();
  await signedIn(way, company.administrator);
  await way.opens('/me/second-factor/totp');
  const app = new AuthenticatorApp(stage.genkan, way.person.page.content('#totp-key').text);
  await way.submits({ newFactorCode: await app.code() });
  return company;
}

async function switches(way: Way, policy: string): Promise<void> {
  await way.opens(`/security/policy?policy=${policy}`);
  await way.submits();
}

async function ledToSetUp(way: Way): Promise<number> {
  const { colleague } = await equipped(way);
  await switches(way, 'administrators');
  way.person.jar.cookies.delete('session');
  await stage.genkan.clock.advance('14 days');
  await signedIn(way, colleague);
  return way.shows('/');
}

/** What leads to each page, and words by which it is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the policy, without an own factor': [
    async (way) => {
      await signedIn(way, (await companyExists()).administrator);
      return way.shows('/security');
    },
    'ご自分の2段階認証を設定する',
  ],
  'the policy': [(way) => equipped(way).then(() => way.shows('/security')), '変更の確認へ進む'],
  'the policy of a company that asks': [
    async (way) => {
      await equipped(way);
      await switches(way, 'everybody');
      return way.shows('/security');
    },
    'まだ設定していない方',
  ],
  'the check of a change': [
    (way) => equipped(way).then(() => way.shows('/security/policy?policy=everybody')),
    'この内容に変更する',
  ],
  'the check of a lower one': [
    async (way) => {
      await equipped(way);
      await switches(way, 'everybody');
      return way.shows('/security/policy?policy=nobody');
    },
    '2段階認証の設定をどなたにも求めません',
  ],
  'the TOP page before the day': [
    async (way) => {
      const { colleague } = await equipped(way);
      await switches(way, 'administrators');
      way.person.jar.cookies.delete('session');
      await signedIn(way, colleague);
      return way.shows('/');
    },
    'までに、2段階認証を設定してください。',
  ],
  'the list of people by their factor': [
    (way) => equipped(way).then(() => way.shows('/accounts?factor=set-up')),
    '設定済み',
  ],
  'the removal where a factor is asked': [
    async (way) => {
      await equipped(way);
      await switches(way, 'administrators');
      return way.shows('/me/second-factor/removal');
    },
    '解除したあと、もう一度設定していただきます。',
  ],
  'the set-up that comes first': [ledToSetUp, '2段階認証の設定が必要です'],
};

describe.each(['ja', 'en'])('in the language %s', (language) => {
  it.each(Object.keys(PAGES))('%s is fit for everybody', async (name) => {
    const [reach, words] = PAGES[name]!;
    const way = await stage.newWay(language);
    expect(await reach(way)).toBe(200);
    if (language === 'ja')
      await way.page.locator('body').getByText(words).locator('visible=true').first().waitFor();
    expect(await findingsEverywhere(way.page, language)).toEqual([]);
  });
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody switches it on, and a colleague is led to the set-up (JavaScript: $javaScript, $width px)',
  async ({ javaScript, width, Hands }) => {
    const { administrator, colleague } = await companyExists();
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('body').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }
    async function signsIn({ loginId, password }: Member): Promise<void> {
      await person.fills('ID', loginId);
      await person.fills('パスワード', password);
      await person.presses('ログイン');
    }
    async function setsUp(): Promise<void> {
      await person.follows('認証アプリを設定する');
      const key = await page.locator('#totp-key').textContent();
      const app = new AuthenticatorApp(stage.genkan, key!);
      await person.fills('確認コード', await app.code());
      await person.presses('確認して設定する');
      await reads('/me/second-factor/recovery-codes');
    }

    await page.goto('/security');
    await signsIn(administrator);
    await reads('/security', '先にご自分の2段階認証を設定してください。');
    await person.follows('ご自分の2段階認証を設定する');
    await setsUp();
    await page.goto('/security');
    await page.getByLabel('管理者に求める').check();
    await person.presses('変更の確認へ進む');
    await reads('/security/policy', colleague.name, '14日後の');
    await person.presses('この内容に変更する');
    await reads('/security', '2段階認証の設定を「管理者に求める」に変更しました。', colleague.name);

    await page.context().clearCookies({ name: 'session' });
    await stage.genkan.clock.advance('14 days');
    await page.goto('/accounts');
    await signsIn(colleague);
    await reads('/me/second-factor', '2段階認証の設定が必要です', 'を過ぎました。');
    await setsUp();
    await page.goto('/accounts');
    await reads('/accounts', administrator.name);
  },
);
