import { startApp, type RunningApp } from '../support/app.js';
import {
  acceptance,
  accepts,
  choosesLogin,
  CHOSEN_PASSWORD,
  invitationTo,
  invited,
  invites,
  office,
} from '../support/invitation.js';
import { signsIn } from '../support/registration.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());
beforeEach(() => running.clock.stopsAt(new Date('2026-11-22T18:30:00+09:00')));

const accountsCalled = async (loginId: string) =>
  (
    await running.pool.query('select * from accounts where login_id_key = $1', [
      loginId.toLowerCase(),
    ])
  ).rows;

it('佐藤 invites 鈴木, who chooses ID and password and signs in', async () => {
  const { person, corporation } = await office(running);
  await invites(person, invited('Suzuki@Sakura.Example'));
  expect(person.posted!.status).toBe(303);
  expect(person.page.h1).toBe('招待のメールをお送りしました');
  expect(person.page.facts).toMatchObject({
    メールの宛先: 'Suzuki@sakura.example',
    権限: '担当者',
  });
  expect(person.page.text).toContain('2026年11月29日(日) 18時30分まで（日本時間）');
  expect(person.page.text).toContain(running.config.mailFrom);

  const mail = await running.mailbox.mailTo('Suzuki@sakura.example');
  expect(mail.subject).toBe(`[法人WEBシステム] 鈴木 一郎 様への招待（${corporation.name}）`);
  const link = running.mailbox.linkIn(mail);
  expect(link.replace(running.url, '')).toMatch(/^\/invitation\/[\w-]{43}$/);
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('鈴木 一郎 様');
    expect(part).toContain('佐藤 花子 様から');
    // The HTML keeps the moment in one line.
    const words = part.replaceAll(/<\/?span[^>]*>/g, '');
    expect(words).toContain('2026年11月29日(日) 18時30分まで（日本時間）');
  }

  const newcomer = running.visitor();
  const opened = await newcomer.sends('GET', link);
  expect([opened.status, opened.headers.location]).toEqual([303, '/invitation']);
  expect(opened.headers['cache-control']).toBe('no-store');
  expect(newcomer.jar.cookies.get('invitation')!.attributes).toMatch(/httponly; samesite=lax/);
  await newcomer.opens('/invitation');
  expect(newcomer.page.html).not.toContain(link.split('/').at(-1));
  expect(newcomer.page.facts).toMatchObject({ 法人名: corporation.name });
  expect(newcomer.page.text).toContain('佐藤 花子 様から 鈴木 一郎 様への招待です');
  await choosesLogin(newcomer, 'suzuki-ichiro');
  expect(newcomer.posted!.status).toBe(303);
  expect(newcomer.page.path).toBe('/login');
  expect(newcomer.page.notice).toContain('登録が完了しました。');

  await signsIn(newcomer, { loginId: 'suzuki-ichiro', password: CHOSEN_PASSWORD });
  expect(newcomer.page.h1).toBe('TOPページ');
  expect(newcomer.page.header).toContain('担当者');
  const [account] = await accountsCalled('suzuki-ichiro');
  expect(account).toMatchObject({
    corporation_id: corporation.id,
    role: 'staff',
    state: 'active',
    name: '鈴木 一郎',
    email: 'Suzuki@sakura.example',
  });
});

it('an invited administrator is one, and what the body says besides has no effect', async () => {
  const { person, corporation } = await office(running);
  await person.opens('/accounts/new');
  const posted = await person.sends('POST', '/accounts/new', {
    fields: {
      ...invited('tanaka@sakura.example', { role: 'staff' }),
      corporationId: '00000000-0000-4000-8000-000000000000',
      invitedBy: '00000000-0000-4000-8000-000000000000',
      state: 'active',
      endsAt: '2099-01-01',
    },
  });
  expect(posted.status).toBe(303);
  const link = await invitationTo(running, 'tanaka@sakura.example');
  const { fields } = acceptance('tanaka-k');
  const accepted = await running.visitor().sends('POST', link, {
    fields: { ...fields, role: 'administrator', state: 'suspended', email: 'x@evil.example' },
  });
  expect([accepted.status, accepted.headers.location]).toEqual([303, '/login']);
  expect(await accountsCalled('tanaka-k')).toEqual([
    expect.objectContaining({
      corporation_id: corporation.id,
      role: 'staff',
      state: 'active',
      email: 'tanaka@sakura.example',
    }),
  ]);

  await invites(person, invited('ito@sakura.example', { role: 'administrator' }));
  expect(person.page.facts).toMatchObject({ 権限: '管理者' });
  await accepts(running.visitor(), await invitationTo(running, 'ito@sakura.example'), 'ito-misaki');
  expect(await accountsCalled('ito-misaki')).toEqual([
    expect.objectContaining({ role: 'administrator', state: 'active' }),
  ]);
});

it('says at each field what is wrong, and keeps what was typed', async () => {
  const { person } = await office(running);
  await person.opens('/accounts/new');
  person.fills('フリガナ', '漢字');
  person.fills('メールアドレス', 'a@b, c@d.example');
  await person.presses('招待のメールを送る');
  expect(person.page.status).toBe(422);
  expect(person.page.errors).toEqual([
    '氏名を入力してください。',
    expect.stringMatching('^フリガナは、カタカナまたはひらがなで入力してください'),
    'メールアドレスの形式をご確認ください。例：taro@example.co.jp',
  ]);
  expect(person.page.field('メールアドレス').getAttribute('value')).toBe('a@b, c@d.example');
  const answer = await person.sends('POST', '/accounts/new', {
    fields: { ...invited('taro@sakura.example'), role: 'operator' },
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('権限を選んでください。');
});

describe('the page behind the link', () => {
  it('tells that a login ID is taken, and stops after twenty tries', async () => {
    const { person, sato } = await office(running);
    await invites(person, invited('mori@sakura.example'));
    const newcomer = running.visitor();
    const link = await invitationTo(running, 'mori@sakura.example');
    await newcomer.opens(link);
    await choosesLogin(newcomer, sato.loginId.toUpperCase());
    expect(newcomer.page.status).toBe(422);
    expect(newcomer.page.errorsAt('ログインID')).toEqual([
      'このログインIDはすでに使われています。別のログインIDを入力してください。',
    ]);
    expect(newcomer.page.text).toContain(`${sato.name} 様から 鈴木 一郎 様への招待です。`);
    expect(newcomer.page.facts.法人名).toBe(sato.corporation.name);
    for (let tries = 2; tries <= 20; tries += 1)
      await newcomer.sends('POST', link, acceptance(sato.loginId));
    const stopped = await newcomer.sends('POST', link, acceptance('mori-1'));
    expect(stopped.status).toBe(429);
    expect(stopped.headers['retry-after']).toBe('3600');
    await running.clock.advance('1 hour');
    await choosesLogin(newcomer, 'mori-1');
    expect(newcomer.page.path).toBe('/login');
  });

  it('names every broken rule of ID and password at once', async () => {
    const { person } = await office(running);
    await invites(person, invited('hara@sakura.example'));
    const newcomer = running.visitor();
    await newcomer.opens(await invitationTo(running, 'hara@sakura.example'));
    await choosesLogin(newcomer, 'ｈａあ', 'abc');
    expect(newcomer.page.status).toBe(422);
    expect(newcomer.page.errors).toEqual([
      expect.stringContaining('ログインIDは、英字・数字・記号'),
      'パスワードは8文字以上で入力してください。',
      'パスワードに数字を1文字以上入れてください。',
    ]);
    expect(newcomer.page.html).not.toContain('value="abc"');
    expect(newcomer.page.field('ログインID').getAttribute('value')).toBe('haあ');
  });

  it('makes one account of 20 posts at once', async () => {
    const { person, corporation } = await office(running);
    await invites(person, invited('ueda@sakura.example'));
    const link = await invitationTo(running, 'ueda@sakura.example');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        running.visitor().sends('POST', link, acceptance(`ueda-${index}`)),
      ),
    );
    // A busy machine may send some away (503); nobody else gets in.
    const told = answers.map(({ status }) => status).filter((status) => status !== 503);
    expect(told.toSorted()).toEqual([303, ...Array<number>(told.length - 1).fill(410)]);
    const { rows } = await running.pool.query(
      `select from accounts where corporation_id = $1 and login_id like 'ueda-%'`,
      [corporation.id],
    );
    expect(rows).toHaveLength(1);
  });
});
