import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import type { Corporation } from '../support/people.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '0001234',
    name: '株式会社さくら',
    transferAccounts: ['0012345', '7000001'],
  });
});
afterAll(() => running.stop());

async function atDetails(): Promise<Visitor> {
  const person = running.visitor();
  await entersNumbers(person, sakura);
  return person;
}

async function tries(corporateNumber: string, transferAccount: string): Promise<Visitor> {
  const person = running.visitor();
  await entersNumbers(person, { ...sakura, corporateNumber, transferAccounts: [transferAccount] });
  return person;
}

describe('the two numbers', () => {
  it.each([
    ['0001234', '12345'],
    ['T0001234', '7000001'],
    ['Ｔ０００−１２３４', '００１２ー３４５'],
    ['\u200b0001.234\ufeff', '001/2345'],
    ['000 12 34', '00 1‐2―3_45'],
  ])('are understood as %p and %p', async (corporateNumber, transferAccount) => {
    const person = await tries(corporateNumber, transferAccount);
    expect(person.page.path).toMatch(/^\/initiate\/details/);
  });

  it.each([
    ['', '', '法人番号を入力してください。', 'お振込先口座番号を入力してください。'],
    ['12ab', '12c', '法人番号に数字以外の文字があります。', 'に数字以外の文字があります。'],
    ['12345678901234', '12345678', '法人番号は13桁以内です。', 'お振込先口座番号は7桁です。'],
  ])('are refused as %p and %p at their fields', async (corporate, account, first, second) => {
    const person = await tries(corporate, account);
    expect(person.page.status).toBe(422);
    expect(person.page.title).toMatch(/^エラー：新規登録/);
    expect(person.page.errorsAt('法人番号')).toEqual([expect.stringContaining(first)]);
    expect(person.page.errorsAt('お振込先口座番号')).toEqual([expect.stringContaining(second)]);
    expect(person.page.errors).toHaveLength(2);
  });

  it('that match no company get one sentence, the same page for a company that exists', async () => {
    const answers = await Promise.all([tries('0001234', '7654321'), tries('0009999', '7654321')]);
    const [existing, unknown] = answers.map(({ page }) => page);
    expect(existing!.errors).toEqual([
      '法人番号とお振込先口座番号の組み合わせを確認できませんでした。ご請求書に記載されている2つの番号を、もう一度ご確認ください。',
    ]);
    expect(existing!.status).toBe(422);
    expect(masked(existing!.html)).toBe(masked(unknown!.html).replace('0009999', '0001234'));
    expect(Object.keys(existing!.headers)).toEqual(Object.keys(unknown!.headers));
  });
});

describe('the details', () => {
  it('are refused with every broken rule, and keep what was typed but the passwords', async () => {
    const person = await atDetails();
    const typed = applicant('さとう', {
      name: ' ',
      nameKana: 'Sato',
      email: 'a@b',
      password: 'kaede',
    });
    await entersDetails(person, typed);
    expect(person.page.status).toBe(422);
    expect(person.page.errorsAt('氏名')).toEqual(['氏名を入力してください。']);
    expect(person.page.errorsAt('フリガナ')).toEqual([
      expect.stringMatching('^フリガナは、カタカナまたはひらがなで入力してください'),
    ]);
    expect(person.page.errorsAt('メールアドレス')).toHaveLength(1);
    expect(person.page.errorsAt('ログインID')).toHaveLength(1);
    expect(person.page.errorsAt('パスワード')).toEqual([
      'パスワードは8文字以上で入力してください。',
      'パスワードに数字を1文字以上入れてください。',
    ]);
    expect(person.page.errors).toHaveLength(6);
    expect(person.page.field('フリガナ').getAttribute('value')).toBe('Sato');
    expect(person.page.html).not.toContain('kaede');
  });

  it.each([
    ['sato2026x', 'sato2026x', 'ログインIDと同じ文字列は、パスワードに使えません。'],
    ['sato2026x', 'ＳＡＴＯ2026X', 'ログインIDと同じ文字列は、パスワードに使えません。'],
    ['sato.one', 'password1', 'よく使われるパスワードか、推測されやすいパスワードです。'],
    ['sato.one', 'shinjuku5', 'よく使われるパスワードか、推測されやすいパスワードです。'],
    ['sato.one', 'a1'.repeat(65), 'パスワードは128文字以内で入力してください。'],
  ])('of %p refuse the password %p', async (loginId, password, sentence) => {
    const person = await atDetails();
    await entersDetails(person, applicant(loginId, { password }));
    expect(person.page.errorsAt('パスワード')).toContainEqual(expect.stringContaining(sentence));
  });

  it.each(['aoba2026', 'ＡＯＢＡ２０２６', 'Aoba2026'])(
    'refuse the company as its mail address names it: %p',
    async (password) => {
      const person = await atDetails();
      const email = 'sato@mail.aoba.example.jp';
      await entersDetails(person, applicant('sato.four', { password, email }));
      expect(person.page.errorsAt('パスワード')[0]).toContain('推測されやすいパスワードです');
    },
  );

  it('take eight characters that are found by more than 100,000 guesses', async () => {
    const person = await atDetails();
    await entersDetails(person, applicant('sato.five', { password: 'yamato91' }));
    expect(person.page.errors).toEqual([]);
    expect(person.page.path).toContain('/initiate/confirmation');
  });

  it('ask for the password again beside a new login ID, so that they never become equal', async () => {
    const person = await atDetails();
    await entersDetails(person, applicant('sato.two', { password: 'kaede-1192-tsuki' }));
    await person.follows('ログインIDを変更');
    person.fills('ログインID', 'Kaede-1192-tsuki');
    await person.presses('確認');
    expect(person.page.errors).toEqual([
      'パスワードを入力してください。',
      '確認用のパスワードを入力してください。',
    ]);
    person.fills('パスワード', 'kaede-1192-tsuki');
    person.fills('パスワード確認', 'kaede-1192-tsuki');
    await person.presses('確認');
    expect(person.page.errors).toEqual(['ログインIDと同じ文字列は、パスワードに使えません。']);
  });

  it.each(['０３−１２３４−５６７８', '03ー1234ー5678', '03‐1234‐5678', '＋81 (3) 1234-5678'])(
    'take the telephone number %s as a Japanese keyboard writes it',
    async (phone) => {
      const person = await atDetails();
      person.fills('電話番号', phone);
      await entersDetails(person, applicant('sato.three'));
      expect(person.page.errors).toEqual([]);
      expect(person.page.facts.電話番号!.replace(/\D/g, '')).toMatch(/^(?:0|81)312345678$/);
    },
  );

  it('take nothing but their own fields', async () => {
    const other = await running.people.corporationExists({ corporateNumber: '55', name: 'よそ' });
    const person = await atDetails();
    const flow = person.page.url.searchParams.get('flow')!;
    const foreign = {
      role: 'staff',
      state: 'active',
      corporationId: other.id,
      corporation: other.id,
      proved: 'true',
      passwordHash: 'x',
      id: other.id,
    };
    const fields = { ...foreign, ...applicant('sato.four'), flow };
    await person.sends('POST', '/initiate/details', {
      fields: { ...fields, passwordConfirmation: fields.password },
    });
    await person.opens(`/initiate/confirmation?flow=${flow}`);
    expect(person.page.facts).toMatchObject({ 法人名: '株式会社さくら' });
    await person.sends('POST', '/initiate/confirmation', { fields: { ...foreign, flow } });
    const { rows } = await running.pool.query(
      `select role, state, corporation_id from accounts where login_id = 'sato.four'`,
    );
    expect(rows).toEqual([
      { role: 'administrator', state: 'registered', corporation_id: sakura.id },
    ]);
  });
});

const masked = (html: string) => html.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '…');
