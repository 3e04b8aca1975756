import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';

const NOBODY_LISTENS = '127.0.0.1:1';

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
afterAll(() => running.stop());

describe('genkan mail', () => {
  afterEach(() => running.mailbox.behaves('works'));

  it('sends a mail and prints what the server says', async () => {
    const { exitCode, out } = await operator.types('mail', 'test', 'desk@example.jp');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^The mail server took the mail: 250 /);
    expect((await running.mailbox.mailTo('desk@example.jp')).subject).toContain('メール送信の確認');
  });

  it('fails with the words of a server that refuses', async () => {
    running.mailbox.behaves(550);
    const { exitCode, err } = await operator.types('mail', 'test', 'gone@example.jp');
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^The mail server refused it: 550 /);
  });

  it('tries a mail again that had to wait', async () => {
    running.mailbox.behaves(451);
    const { exitCode, err } = await operator.types('mail', 'test', 'later@example.jp');
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^The mail could not be handed over: 451 .*\nIt is tried again later\.\n$/);
    running.mailbox.behaves('works');
    expect((await operator.types('mail', 'retry')).exitCode).toBe(0);
    await running.mailbox.mailTo('later@example.jp');
  });
});

describe('genkan doctor', () => {
  it('finds a healthy system healthy, and prints no secret', async () => {
    const { exitCode, out, err } = await operator.types('doctor');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    for (const about of ['configuration', 'secrets', 'database', 'mail', 'jobs'])
      expect(out).toMatch(new RegExp(`^ok {4}${about}: `, 'm'));
    expect(out).toMatch(/^warn {2}proxy: .*Set TRUST_PROXY/m);
    const { SECRET_KEY = '', DATABASE_URL = '' } = operator.environment;
    expect(out).not.toContain(SECRET_KEY);
    expect(out).not.toContain(new URL(DATABASE_URL).password || DATABASE_URL);
  });

  it('fails when the mail server is dead, and looks at the rest all the same', async () => {
    const settings = { SMTP_URL: `smtp://${NOBODY_LISTENS}` };
    const { exitCode, out, err } = await operator.typesWith(settings, 'doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^fail {2}mail: 127\.0\.0\.1:1 does not take mail: .*ECONNREFUSED/m);
    expect(out).toMatch(/^ok {4}jobs: /m);
    expect(err).toMatch(/^1 of \d+ checks failed\.\n$/);
  });

  it('fails for a proxy that is everybody and for a key that is no key', async () => {
    const settings = { TRUST_PROXY: '0.0.0.0/0', SECRET_KEY: 'a'.repeat(64) };
    const { exitCode, out } = await operator.typesWith(settings, 'doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^fail {2}proxy: /m);
    expect(out).toMatch(/^fail {2}secrets: SECRET_KEY is no random text/m);
  });
});
