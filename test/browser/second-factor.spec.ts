import type { Member } from '../support/people.js';
import { AuthenticatorApp, shownCodes, type Equipped } from '../support/second-factor.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const SET_UP = '/me/second-factor/totp';

const stage = Stage.forThisFile();

async function suzuki(): Promise<Member> {
  const { corporation, entered } = await stage.newcomer();
  const { loginId } = entered;
  return stage.genkan.people.administratorExists({ corporation, loginId, name: '鈴木 次郎' });
}

async function signedIn(way: Way): Promise<Member> {
  const member = await suzuki();
  await way.signsIn(member.loginId, member.password);
  return member;
}

interface Owner extends Equipped {
  member: Member;
}

async function equipped(way: Way): Promise<Owner> {
  const member = await signedIn(way);
  await way.opens(SET_UP);
  const app = new AuthenticatorApp(stage.genkan, way.person.page.content('#totp-key').text);
  await way.submits({ newFactorCode: await app.code() });
  return { member, app, codes: shownCodes(way.person) };
}

/** Somebody with a factor who gave the password again. */
async function asked(way: Way): Promise<Owner> {
  const owner = await equipped(way);
  way.person.jar.cookies.delete('session');
  await way.signsIn(owner.member.loginId, owner.member.password);
  return owner;
}

async function trusting(way: Way): Promise<Owner> {
  const owner = await asked(way);
  const fields = { code: await owner.app.code(1), trust: 'yes', next: '/' };
  await way.person.sends('POST', '/login/second-factor', { fields });
  return owner;
}

/** Somebody whose password and code were given long ago, before a change of these kinds. */
async function interrupted(way: Way): Promise<void> {
  await equipped(way);
  await stage.genkan.clock.advance('5 minutes');
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the own account': [(way) => signedIn(way).then(() => way.shows('/me')), '2段階認証'],
  'nothing set up': [(way) => signedIn(way).then(() => way.shows('/me/second-factor')), '未設定'],
  'the set-up': [
    (way) => signedIn(way).then(() => way.shows(SET_UP)),
    'QRコードを読み取ってください',
  ],
  'the set-up, refused,': [
    (way) => signedIn(way).then(() => way.showsAnswer({ newFactorCode: '12' }, SET_UP)),
    '確認コードは、アプリに表示された6桁の数字です。',
  ],
  'the recovery codes': [
    (way) => equipped(way).then(() => way.shows('/me/second-factor/recovery-codes')),
    '確認コードの代わりに、下のコードを1つ入力します。',
  ],
  'a factor, tried and refused,': [
    (way) =>
      equipped(way).then(() => way.showsAnswer({ testedFactorCode: '12' }, '/me/second-factor')),
    'アプリに表示された6桁の数字を入力してください。',
  ],
  'a factor': [(way) => equipped(way).then(() => way.shows('/me/second-factor')), '設定済み'],
  'the removal': [
    (way) => equipped(way).then(() => way.shows('/me/second-factor/removal')),
    'すべて使えなくなります',
  ],
  'the question': [(way) => asked(way).then(() => way.shows()), '確認コードを入力してください'],
  'the question for a recovery code': [
    (way) => asked(way).then(() => way.shows('/login/second-factor?by=recovery-code')),
    '12文字のコード',
  ],
  'the question, refused,': [
    async (way) => {
      const { app } = await asked(way);
      return way.showsAnswer({ code: await app.wrongCode() });
    },
    '確認コードを確認できませんでした。',
  ],
  'the trusted browsers': [
    (way) => trusting(way).then(() => way.shows('/me/sessions')),
    '確認コードを省略する端末',
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

describe('the pages that ask in between', () => {
  afterEach(() => stage.genkan.clock.reset());

  it('are fit for everybody: a code again', async () => {
    const way = await stage.newWay('ja');
    await interrupted(way);
    expect(await way.showsAnswer({}, '/me/second-factor/removal')).toBe(403);
    await way.page.getByText('大切な操作のため').waitFor();
    expect(await findingsEverywhere(way.page, 'ja')).toEqual([]);
  });

  it('are fit for everybody: a wait', async () => {
    const way = await stage.newWay('ja');
    const { app } = await asked(way);
    const code = await app.wrongCode();
    for (let times = 0; times < 6; times += 1) await way.submits({ code });
    expect(await way.showsAnswer({ code }, '/login/second-factor')).toBe(429);
    await way.page.getByText('お待ちください').first().waitFor();
    expect(await findingsEverywhere(way.page, 'ja')).toEqual([]);
  });
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: true, width: 320, Hands: Pointer },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody sets a factor up, signs in with it, and removes it (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const { clock } = stage.genkan;
    const member = await suzuki();
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);

    async function reads(path: string, ...texts: string[]): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      for (const text of texts) await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }
    async function signsIn(): Promise<void> {
      await person.fills('ID', member.loginId);
      await person.fills('パスワード', member.password);
      await person.presses('ログイン');
    }

    await page.goto('/me/second-factor');
    await signsIn();
    await reads('/me/second-factor', '未設定');
    await person.follows('認証アプリを設定する');
    await reads(SET_UP, 'QRコードを読み取ってください');
    const key = await page.locator('#totp-key').textContent();
    const app = new AuthenticatorApp(stage.genkan, key!);
    await person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    await reads('/me/second-factor/recovery-codes', '2段階認証を設定しました。');
    const [code = ''] = await page.locator('#recovery-codes li').allTextContents();

    await page.context().clearCookies({ name: 'session' });
    await page.goto('/me/second-factor');
    await signsIn();
    await reads('/login/second-factor', 'パスワードを確認しました。');
    await person.fills('確認コード', await app.wrongCode());
    await person.presses('ログイン');
    await reads('/login/second-factor', '確認コードを確認できませんでした。');
    await person.fills('確認コード', await app.nextCode());
    await person.presses('ログイン');
    await reads('/me/second-factor', '設定済み');

    await clock.advance('5 minutes');
    await person.follows('2段階認証を解除する');
    await reads('/me/second-factor/removal', 'すべて使えなくなります');
    await person.presses('2段階認証を解除する');
    await reads('/me/second-factor/removal', '確認コードを入力してください');
    await person.fills('確認コード', code);
    await person.presses('操作を続ける');
    await reads('/me/second-factor', '2段階認証を解除しました。', '未設定');
    await clock.reset();
  },
);
