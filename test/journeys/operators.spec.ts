import { userInfo } from 'node:os';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

describe('genkan mail find', () => {
  it('lists what became of the mails to an address, in any case', async () => {
    await operator.types('mail', 'test', 'Kato@example.jp');
    await running.mailbox.mailTo('Kato@example.jp');
    const { exitCode, out } = await operator.types('mail', 'find', 'kato@EXAMPLE.jp');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ {2}\S+Z {2}test {2}handed-over {2}1 {2}250 /);
  });
});

describe('genkan create-operator', () => {
  it('mails a link, prints no secret, and takes each login ID and each name once', async () => {
    const words = ['create-operator', 'Tamura', '--name', '田村', '--email', 'tamura@example.jp'];
    const created = await operator.types(...words, '--role', 'lead');
    expect(created).toMatchObject({ exitCode: 0, err: '' });
    expect(created.out).toContain('tamura@example.jp');
    const mail = await running.mailbox.mailTo('tamura@example.jp');
    expect(mail.text).toContain('/desk/set-up/');
    expect(mail.text).toContain('システムを運用している方が、担当窓口のログインの設定を');
    expect(mail.text).not.toContain(userInfo().username);
    for (const key of /set-up\/(\S+)/.exec(mail.text)!.slice(1))
      expect(created.out).not.toContain(key);
    const { rows } = await running.pool.query<{ role: string; hash: string | null }>(
      `select role, password_hash as hash from operators where login_id_key = 'tamura'`,
    );
    expect(rows).toEqual([{ role: 'lead', hash: null }]);
    const again = await operator.types('create-operator', 'TAMURA', ...words.slice(2));
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('login ID') });
    const named = await operator.types(
      'create-operator',
      'other',
      '--name',
      '田 村',
      ...words.slice(4),
    );
    expect(named).toMatchObject({ exitCode: 1, err: expect.stringContaining('name') });
  });

  it('names who gives it, where that is said, once that person can sign in', async () => {
    const words = ['create-operator', 'ogata', '--name', '緒方', '--email', 'ogata@example.jp'];
    const named = [...words, '--operator', '田村'];
    const early = await operator.types(...named);
    expect(early).toMatchObject({ exitCode: 1, err: expect.stringContaining('can sign in') });
    await running.pool.query(
      'update operators set must_change_password = false, second_factor_since = genkan_now()',
    );
    await operator.types(...named);
    const { text } = await running.mailbox.mailTo('ogata@example.jp');
    expect(text).toContain('田村 さんが、担当窓口のログインの設定をご案内しています。');
  });

  it('takes the login IDs that its page takes, and no others', async () => {
    const others = ['--name', '三浦', '--email', 'miura@example.jp'];
    for (const loginId of ['mia', 'mi ura', 'ミウラさん', `${'m'.repeat(65)}`]) {
      const { exitCode, err } = await operator.types('create-operator', loginId, ...others);
      expect({ loginId, exitCode, err }).toEqual({
        loginId,
        exitCode: 2,
        err: expect.stringContaining('no login ID of 4 to 64 letters'),
      });
    }
    await operator.types('create-operator', ' ｍｉｕｒａ', ...others);
    const { rows } = await running.pool.query(
      `select login_id as id from operators where name = '三浦'`,
    );
    expect(rows).toEqual([{ id: 'miura' }]);
  });
});

describe('a name behind --operator', () => {
  const SHOW = ['account', 'show', 'nobody'];
  const view = async (...options: string[]) => (await operator.types(...SHOW, ...options)).err;

  it('is one of the desk in every command, once the desk has people', async () => {
    for (const words of [
      SHOW,
      ['account', 'freeze', 'nobody', '--reason', '確認'],
      ['corporation', 'close', '999', '--reason', '確認'],
      ['suspend-ip-restriction', '999', '--hours', '1', '--reason', '確認'],
      ['mail', 'find', 'kato@example.jp'],
      ['audit', 'export', '--corporation', '999'],
      ['create-operator', 'nakai', '--name', '中井', '--email', 'nakai@example.jp'],
      ['enrollment', 'dismiss', 'K7M2-9QXA', '--reason', '確認'],
      ['review', 'refuse', 'K7M2-9QXA', '--reason', '確認'],
    ]) {
      const { exitCode, err } = await operator.types(...words, '--operator', '中井');
      expect({ words, exitCode, err }).toEqual({
        words,
        exitCode: 1,
        err: '中井: nobody of the desk has this name and can sign in ("create-operator").\n',
      });
    }
    expect(await view('--operator', 'ＴＡＭＵＲＡ')).toContain('nobody of the desk');
    expect(await view('--operator', '田 村')).toContain('No account');
  });

  it('may be left out: then it is the user of the machine', async () => {
    expect(await view()).toContain('No account');
  });
});

const told = async (settings: Record<string, string>) =>
  /^.*desk: .*$/m.exec((await operator.typesWith(settings, 'doctor')).out)![0];

it('genkan doctor says from where the desk opens, and that no lead can sign in', async () => {
  await running.pool.query('update operators set second_factor_since = null');
  expect(await told({})).toMatch(/^ok .* off\.$/);
  expect(await told({ DESK_NETWORKS: '0.0.0.0/0' })).toMatch(/^warn .* from anywhere/);
  expect(await told({ DESK_NETWORKS: '10.0.0.0/8' })).toMatch(/^warn .* No lead can sign in/);
});
