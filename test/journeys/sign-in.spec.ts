import { startApp, type RunningApp } from '../support/app.js';
import type { Answer } from '../support/http.js';
import type { Corporation } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const PASSWORD = 'sakura-2026-mochi';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({
    corporation: sakura,
    loginId: 'sato',
    name: '佐藤 花子',
  });
});
afterAll(() => running.stop());

const staff = (loginId: string, state?: 'suspended' | 'deleted') =>
  running.people.staffExists({ corporation: sakura, loginId, name: '鈴木 次郎', state });

const enters = (loginId: string, password: string, next = '') =>
  running.visitor().sends('POST', '/login', { fields: { loginId, password, next } });

describe('who may not sign in', () => {
  it('cannot be told apart from outside before the right password', async () => {
    await staff('id-wrong');
    await staff('id-suspe', 'suspended');
    await staff('id-delet', 'deleted');
    await staff('id-waits');
    await running.people.staffExists({
      corporation: sakura,
      loginId: 'id-regis',
      name: '山田 三郎',
      state: 'registered',
    });
    await closedCompanyWith('id-close');
    for (let times = 0; times < 6; times += 1) await enters('id-waits', 'wrong-1234');

    const unknown = await enters('id-unkno', 'wrong-1234');
    const seen = [
      ...(await Promise.all(
        ['wrong', 'suspe', 'delet', 'regis', 'close'].map((id) => enters(`id-${id}`, 'wrong-1234')),
      )),
      await enters('id-waits', 'wrong-1234'),
      await enters('id-waits', PASSWORD),
    ];
    for (const answer of seen) expect(outside(answer)).toEqual(outside(unknown));
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('value="id-unkno"');
    expect(running.mailbox.all()).toEqual([]);
  });

  it('hears the reason after the right password', async () => {
    for (const [loginId, state] of [['gone', 'deleted'] as const, ['held', 'suspended'] as const]) {
      await staff(loginId, state);
      const person = running.visitor();
      await signsIn(person, { loginId, password: PASSWORD });
      expect(person.page.status).toBe(403);
      expect(person.page.h1).toBe('このアカウントはご利用いただけません');
      expect(person.jar.cookies.has('session')).toBe(false);
      await person.opens('/');
      expect(person.page.path).toBe('/login?next=%2F');
    }
  });
});

describe('the login form', () => {
  it('shows the typed ID again, never the password', async () => {
    const person = running.visitor();
    await signsIn(person, { loginId: ' Satō<b>"髙', password: 'wrong-secret-1' });
    expect(person.page.status).toBe(422);
    expect(person.page.title).toMatch(/^エラー：ログイン/);
    expect(person.page.field('ID').getAttribute('value')).toBe(' Satō<b>"髙');
    expect(person.page.html).not.toContain('wrong-secret-1');
    expect(person.page.field('パスワード').getAttribute('value')).toBeUndefined();
  });

  it.each(['SATO', 'ｓａｔｏ', ' Sato ', '\u200bsato'])('knows %p as sato', async (loginId) => {
    const person = running.visitor();
    await signsIn(person, { loginId, password: PASSWORD });
    expect(person.page.header).toContain('佐藤 花子 様');
  });

  it('takes the password in full width too', async () => {
    const person = running.visitor();
    await signsIn(person, { loginId: 'sato', password: 'ｓａｋｕｒａ－２０２６－ｍｏｃｈｉ' });
    expect(person.page.path).toBe('/');
  });

  it('says what is missing or too long before anything is looked up', async () => {
    const before = await attempts();
    for (const [loginId, password] of [
      ['', ''],
      ['x'.repeat(129), 'y'],
      ['sato', 'y'.repeat(1025)],
      ['sato', '髙'.repeat(342)],
    ])
      expect((await enters(loginId!, password!)).status).toBe(422);
    expect(await attempts()).toBe(before);
  });
});

describe('the way on after the sign-in', () => {
  it.each(['/help', '/help/mail?a=1&b=%E9%AB%99', '/?x=//y'])(
    'is the own path %p',
    async (next) => {
      const person = running.visitor();
      await person.opens(`/login?next=${encodeURIComponent(next)}`);
      person.fills('ID', 'sato');
      person.fills('パスワード', PASSWORD);
      await person.presses('ログイン');
      expect(person.posted!.headers.location).toBe(next);
    },
  );

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/%2Fevil.example',
    '/%5Cevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '%2F%2Fevil.example',
    'evil.example',
    '/%0d%0aSet-Cookie:%20a=b',
    '/%',
    '',
    '/logout',
    '/Logout/?next=/help',
  ])('is the TOP page, and not %p', async (next) => {
    expect((await enters('sato', PASSWORD, next)).headers.location).toBe('/');
    const page = await running.visitor().opens(`/login?next=${encodeURIComponent(next)}`);
    expect(page.root.querySelector('main input[name=next]')!.getAttribute('value')).toBe('/');
  });
});

describe('what the owner sees and keeps', () => {
  it('is how often it failed since the last sign-in', async () => {
    const person = running.visitor();
    const suzuki = await staff('suzuki');
    await signsIn(person, suzuki);
    for (let times = 0; times < 3; times += 1) await enters('suzuki', 'wrong-1234');
    await person.presses('ログアウト');
    await signsIn(person, suzuki);
    expect(person.page.text).toContain('3回のログイン失敗がありました');
    await person.presses('ログアウト');
    await signsIn(person, suzuki);
    expect(person.page.text).not.toContain('ログイン失敗');
  });

  it('is a hash with the parameters of today, from the next sign-in on', async () => {
    await staff('kato');
    const before = await hashOf('kato');
    await running.restart({ argon2Passes: 3 });
    expect((await enters('kato', 'wrong-1234')).status).toBe(422);
    expect(await hashOf('kato')).toBe(before);
    expect((await enters('kato', PASSWORD)).status).toBe(303);
    expect(await hashOf('kato')).toMatch(/^\$argon2id\$v=19\$m=1024,t=3,p=1\$/);
    expect((await enters('kato', PASSWORD)).status).toBe(303);
  });
});

/** The answer as strangers see it: every byte that is not a name of this one request. */
function outside({ status, headers, text }: Answer) {
  const { 'x-request-id': _, date: __, ...rest } = headers;
  return { status, rest, text: text.replace(/id-[a-z]{5}|(?<="attempt" value=)\S+/g, 'id') };
}

async function closedCompanyWith(loginId: string): Promise<void> {
  const closed = { corporateNumber: '7', name: '閉店株式会社' };
  const corporation = await running.people.corporationExists(closed);
  await running.people.administratorExists({ corporation, loginId, name: '閉店 太郎' });
  await running.pool.query(`update corporations set state = 'closed' where id = $1`, [
    corporation.id,
  ]);
}

async function attempts(): Promise<number> {
  const { rows } = await running.pool.query<{ count: number }>(
    `select count(*)::int from audit_entries where act = 'sign-in'`,
  );
  return rows[0]!.count;
}

async function hashOf(loginId: string): Promise<string> {
  const { rows } = await running.pool.query<{ password_hash: string }>(
    'select password_hash from accounts where login_id = $1',
    [loginId],
  );
  return rows[0]!.password_hash;
}
