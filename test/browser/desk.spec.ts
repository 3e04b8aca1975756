import { AuthenticatorApp } from '../support/second-factor.js';
import { deskPersonExists, isInvited, setUpLink, type DeskPerson } from '../support/desk.js';
import { VirtualAuthenticator } from '../support/virtual-authenticator.js';
import { findings, findingsEverywhere, findingsWithoutJavaScript } from './findings.js';
import { Keyboard, Pointer } from './hands.js';
import { Stage } from './stage.js';
import type { Way } from './way.js';

const stage = Stage.forThisFile();

let tamura: DeskPerson;
let nakai: DeskPerson;
beforeAll(async () => {
  tamura = await deskPersonExists(stage.genkan, { loginId: 'tamura', name: '田村', role: 'lead' });
  nakai = await deskPersonExists(stage.genkan, { loginId: 'nakai', name: '中井' });
});

let people = 0;

async function invited(): Promise<string> {
  people += 1;
  const given = { loginId: `invited-${people}`, name: `招待 ${people}` };
  return setUpLink(stage.genkan, (await isInvited(stage.genkan, given)).email);
}

async function asked(way: Way, { loginId, password }: DeskPerson): Promise<void> {
  await way.opens('/desk/login');
  await way.submits({ loginId, password });
}

async function atDesk(way: Way, known = tamura): Promise<void> {
  await asked(way, known);
  await way.submits({ code: await known.app.nextCode() });
}

async function choosesPassword(way: Way): Promise<void> {
  await way.opens(await invited());
  await way.submits({ password: 'momiji-7342-kawa', passwordConfirmation: 'momiji-7342-kawa' });
}

async function provesApp(way: Way): Promise<void> {
  await choosesPassword(way);
  const key = way.person.page.content('#totp-key').text;
  await way.submits({ newFactorCode: await new AuthenticatorApp(stage.genkan, key).code() });
}

async function operatorPath(): Promise<string> {
  const { rows } = await stage.genkan.pool.query<{ id: string }>(
    `select id from operators where login_id_key = 'nakai'`,
  );
  return `/desk/operators/${rows[0]!.id}`;
}

/** What leads to each page and tells its status, and words by which the page is known. */
const PAGES: Record<string, [(way: Way) => Promise<number>, string]> = {
  'the sign-in': [(way) => way.shows('/desk/login'), 'オペレーターのためのページです。'],
  'the sign-in, refused,': [
    (way) => way.showsAnswer({ loginId: 'nobody', password: 'x' }, '/desk/login'),
    'ログインできませんでした',
  ],
  'the question for the factor': [
    (way) => asked(way, tamura).then(() => way.shows()),
    'パスワードを確認しました。',
  ],
  'the TOP page': [(way) => atDesk(way).then(() => way.shows('/desk')), 'お疲れさまです。'],
  'the set-up of the password': [
    async (way) => way.shows(await invited()),
    'パスワードを決めてください',
  ],
  'the set-up of the factor': [
    (way) => choosesPassword(way).then(() => way.shows()),
    '全員が2段階認証を使います',
  ],
  'the set-up of the factor, refused,': [
    (way) => choosesPassword(way).then(() => way.showsAnswer({ newFactorCode: '12' })),
    '確認コードは、アプリに表示された6桁の数字です。',
  ],
  'the recovery codes': [
    (way) => provesApp(way).then(() => way.shows()),
    '確認コードの代わりに、下のコードを1つ入力します。',
  ],
  'the own settings': [
    (way) => atDesk(way).then(() => way.shows('/desk/me')),
    'ログイン中の端末の一覧',
  ],
  'the own password': [
    (way) => atDesk(way).then(() => way.shows('/desk/me/password')),
    '現在のパスワード',
  ],
  'the own factors': [
    (way) => atDesk(way).then(() => way.shows('/desk/me/second-factor')),
    '設定済みの方法',
  ],
  'the own recovery codes': [
    (way) => atDesk(way).then(() => way.shows('/desk/me/recovery-codes')),
    '新しく10個発行する',
  ],
  'the confirmation': [
    (way) => atDesk(way).then(() => way.shows('/desk/me/second-factor/app')),
    'もう一度確認します',
  ],
  'the people': [
    (way) => atDesk(way).then(() => way.shows('/desk/operators')),
    'オペレーターの一覧',
  ],
  'a new person, refused,': [
    async (way) => {
      await atDesk(way);
      await way.opens('/desk/confirmation?next=/desk/operators/new');
      await way.submits({ code: await tamura.app.nextCode() });
      return way.showsAnswer({ name: '' }, '/desk/operators/new');
    },
    '理由を入力してください。',
  ],
  'one person': [
    (way) => atDesk(way).then(async () => way.shows(await operatorPath())),
    '設定のやり直しのメールを送る',
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

it.each([
  { path: '/desk/operators', status: 403, words: '責任者だけです', who: () => nakai },
  { path: '/desk/nowhere', status: 404, words: '見つかりません', who: () => tamura },
])('$path answers $status', async ({ path, status, words, who }) => {
  const way = await stage.newWay('ja');
  await atDesk(way, who());
  expect(await way.shows(path)).toBe(status);
  await way.page.locator('main').getByText(words).first().waitFor();
  expect(await findingsEverywhere(way.page, 'ja')).toEqual([]);
});

it.each([
  { javaScript: true, width: 1280, Hands: Keyboard },
  { javaScript: false, width: 320, Hands: Pointer },
])(
  'somebody sets up the sign-in, signs in and out (JavaScript: $javaScript, $width px, $Hands.name)',
  async ({ javaScript, width, Hands }) => {
    const page = await stage.newPage({ javaScript, width });
    const person = new Hands(page);
    async function reads(path: string, text: string): Promise<void> {
      await page.waitForURL((url) => url.pathname === path);
      await page.locator('main').getByText(text).first().waitFor();
      const found = javaScript ? findings(page) : findingsWithoutJavaScript(page);
      expect([path, ...(await found)]).toEqual([path]);
    }
    await page.goto(await invited());
    await person.fills('パスワード', 'momiji-7342-kawa');
    await person.fills('パスワード確認', 'momiji-7342-kawa');
    await person.presses('次へ進む');
    await reads('/desk/set-up/second-factor', '認証アプリかパスキー');
    const key = await page.locator('#totp-key').textContent();
    const app = new AuthenticatorApp(stage.genkan, key!);
    await person.fills('確認コード', await app.code());
    await person.presses('確認して設定する');
    await reads('/desk/set-up/recovery-codes', 'リカバリーコード');
    await person.presses('控えたのでログインへ進む');
    await reads('/desk/login', '設定が完了しました。');
    await person.fills('ID', `invited-${people}`);
    await person.fills('パスワード', 'momiji-7342-kawa');
    await person.presses('ログイン');
    await reads('/desk/login/second-factor', 'パスワードを確認しました。');
    await person.fills('確認コード', await app.nextCode());
    await person.presses('ログイン');
    await reads('/desk', 'お疲れさまです。');
    await person.follows('自分の設定');
    await reads('/desk/me', 'ログイン中の端末の一覧');
  },
);

it('a passkey alone sets the sign-in up, and signs in', async () => {
  const page = await stage.newPage();
  await VirtualAuthenticator.pluggedIn(page);
  const person = new Pointer(page);
  await page.goto(await invited());
  await person.fills('パスワード', 'momiji-7342-kawa');
  await person.fills('パスワード確認', 'momiji-7342-kawa');
  await person.presses('次へ進む');
  await person.presses('今お使いの端末でパスキーを作成する');
  await page.waitForURL('**/desk/set-up/recovery-codes');
  await person.presses('控えたのでログインへ進む');
  await page.waitForURL('**/desk/login');
  await person.fills('ID', `invited-${people}`);
  await person.fills('パスワード', 'momiji-7342-kawa');
  await person.presses('ログイン');
  await page.waitForURL('**/desk/login/second-factor*');
  await person.presses('パスキーを使う');
  await page.waitForURL('**/desk');
  await page.locator('main').getByText('お疲れさまです。').waitFor();
});
