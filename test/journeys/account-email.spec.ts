import { startApp, type RunningApp } from '../support/app.js';
import { office } from '../support/invitation.js';

let running: RunningApp;
let people = 0;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function suzukiOf({ corporation }: Awaited<ReturnType<typeof office>>) {
  people += 1;
  const loginId = `suzuki-${people}`;
  return running.people.staffExists({ corporation, loginId, name: '鈴木 一郎' });
}

const emailOf = async ({ id }: { id: string }) =>
  (await running.pool.query<{ email: string }>('select email from accounts where id = $1', [id]))
    .rows[0]!.email;

it('佐藤 asks for another address of 鈴木, who proves it', async () => {
  const { person, ...rest } = await office(running);
  const suzuki = await suzukiOf({ person, ...rest });
  await person.opens(`/accounts/${suzuki.id}`);
  await person.follows('メールアドレスを変更する');
  expect(person.page.facts).toMatchObject({ 現在のメールアドレス: suzuki.email });
  person.fills('新しいメールアドレス', 'ichiro@Sakura.Example');
  await person.presses('確認のメールを送る');
  expect(person.page.path).toBe(`/accounts/${suzuki.id}`);
  expect(person.page.notice).toContain('確認が済むと変更されます。');
  expect(person.page.text).toContain('ichiro@sakura.example への変更の確認を待っています。');
  expect(await emailOf(suzuki)).toBe(suzuki.email);
  expect((await running.mailbox.mailTo(suzuki.email)).text).toContain('佐藤 花子');

  const link = running.mailbox.linkIn(await running.mailbox.mailTo('ichiro@sakura.example'));
  const reader = running.visitor();
  await reader.opens(link);
  await reader.presses(reader.page.root.querySelector('main button')!.structuredText.trim());
  expect(await emailOf(suzuki)).toBe('ichiro@sakura.example');
  expect((await person.reloads()).text).not.toContain('確認を待っています');
});

it('says at the field what is wrong with the address', async () => {
  const { person, ...rest } = await office(running);
  const suzuki = await suzukiOf({ person, ...rest });
  await person.opens(`/accounts/${suzuki.id}/email`);
  for (const [typed, problem] of [
    ['', 'メールアドレスを入力してください。'],
    ['a@b', 'メールアドレスの形式をご確認ください。'],
    [suzuki.email.toUpperCase(), '現在と同じメールアドレスです。'],
  ] as const) {
    person.fills('新しいメールアドレス', typed);
    await person.presses('確認のメールを送る');
    expect([person.page.status, person.page.errors]).toEqual([
      422,
      [expect.stringContaining(problem)],
    ]);
  }
});

it('leads to the own page for the own address, and knows nobody of another company', async () => {
  const { person, sato, ...rest } = await office(running);
  const stranger = (await office(running)).person;
  const suzuki = await suzukiOf({ person, sato, ...rest });
  const own = await person.sends('GET', `/accounts/${sato.id}/email`);
  expect([own.status, own.headers.location]).toEqual([303, '/me/email']);
  const fields = { email: 'x@evil.example' };
  for (const id of [suzuki.id, '00000000-0000-4000-8000-000000000000', 'x']) {
    expect((await stranger.sends('GET', `/accounts/${id}/email`)).status).toBe(404);
    expect((await stranger.sends('POST', `/accounts/${id}/email`, { fields })).status).toBe(404);
  }
  await running.mailbox.nothingFor('x@evil.example');
});
