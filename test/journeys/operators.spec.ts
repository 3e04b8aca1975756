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
  it('prints the first password once, and takes each login ID once', async () => {
    const words = ['create-operator', 'Tamura', '--name', '田村', '--email', 'tamura@example.jp'];
    const created = await operator.types(...words);
    expect(created).toMatchObject({ exitCode: 0, err: '' });
    const [, password] = /shown only now: (\S{20})$/m.exec(created.out)!;
    const { rows } = await running.pool.query<{ text: string }>(
      `select operators::text as text from operators where login_id_key = 'tamura'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.text).not.toContain(password);
    const again = await operator.types('create-operator', 'TAMURA', ...words.slice(2));
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('already') });
  });
});
