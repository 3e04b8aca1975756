import { Client } from 'pg';
import { recovery } from '../crowd.js';
import { check, type Fault } from '../fault.js';
import { checkSlots } from '../slots.js';

const MOST = 30;

export const fault: Fault = {
  must: 'no connection left on the server: 503 + Retry-After, healed within 2 s',
  async run(stage) {
    const { database, pool } = stage;
    await database.stop();
    await database.start({ max_connections: String(MOST) });
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const taken = await takeAll(database.url);
    await taken[0]!.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'genkan web %'`,
    );
    taken.push(...(await takeAll(database.url)));
    const answers = await Promise.all([1, 2, 3, 4, 5].map((asked) => app.ask(recovery(asked))));
    const slowest = Math.max(...answers.map(({ seconds }) => seconds));
    for (const { status, headers } of answers)
      check(status === 503 && 'retry-after' in headers, `answered ${status}`);
    await Promise.all(taken.map((client) => client.end()));
    const healed = Math.round(await app.until(200, { path: '/', cookie }));
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    check(healed < 2_000 && slowest < 5, `${slowest} s, healed after ${healed} ms`);
    await pool.query('select 1');
    const slots = await checkSlots(stage, app);
    return `503 within ${slowest.toFixed(1)} s, healed in ${healed} ms, ${slots}`;
  },
};

/** Opens connections until the server refuses. */
async function takeAll(connectionString: string): Promise<Client[]> {
  const taken: Client[] = [];
  for (;;) {
    const client = new Client({ connectionString });
    client.on('error', () => undefined);
    const isOpen = await client.connect().then(
      () => true,
      () => false,
    );
    if (!isOpen) return taken;
    taken.push(client);
  }
}
