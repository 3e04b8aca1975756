import { PasswordRule } from '../../src/auth/passwords/password-rule.js';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import type { Config } from '../../src/config.js';
import { strangeSource } from '../../src/limits/source.js';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const owner = { loginId: 'sato-one', email: 'sato@else.example', others: [] };
const source = strangeSource('', { client: '192.0.2.1', site: '192.0.2.0/24' });

function brokenBy(password: string) {
  const names = { serviceNameEn: 'Kazemidori Portal', operatorName: 'yamabuki estate' };
  const config = { ...running.config, ...names, publicUrl: 'https://tsuyukusa.example.jp' };
  return new PasswordRule(config as Config, running.app.get(Passwords)).broken(
    password,
    owner,
    source,
  );
}

it.each(['Kazemidori26', 'yamabuki2026', 'tsuyukusa1'])(
  'the service, its operator and its address make no password: %s',
  async (password) => {
    const [broken] = await brokenBy(password);
    expect(broken?.text).toContain('推測されやすいパスワードです');
  },
);

it('words of nobody do', async () => {
  expect(await brokenBy('hototogisu26')).toEqual([]);
});
