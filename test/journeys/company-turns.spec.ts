import { startApp, type RunningApp } from '../support/app.js';
import { invited, office } from '../support/invitation.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ databasePool: 5 });
});
afterAll(() => running.stop());

it('what waits for one company leaves connections to all others', async () => {
  const { corporation, person } = await office(running);
  const { sato: other } = await office(running);
  const holder = await running.pool.connect();
  await holder.query('begin');
  await holder.query('select from corporations where id = $1 for update', [corporation.id]);
  const waiting = async () => {
    const { rows } = await holder.query<{ count: number }>(
      'select count(distinct pid)::int from pg_locks where not granted',
    );
    return rows[0]!.count;
  };
  const posts = Array.from({ length: 8 }, (_, index) => {
    const fields = { ...invited(`person-${index}@sakura.example`) };
    return person.sends('POST', '/accounts/new', { fields });
  });
  while ((await waiting()) < 2);
  const { loginId, password } = other;
  const signsIn = () =>
    running.visitor().sends('POST', '/login', { fields: { loginId, password } });
  for (let times = 0; times < 3; times += 1) expect((await signsIn()).status).toBe(303);
  expect(await waiting()).toBe(2);
  await holder.query('rollback');
  holder.release();
  const answers = await Promise.all(posts);
  expect(answers.map(({ status }) => status)).toEqual(posts.map(() => 303));
});
