import { startApp, type RunningApp } from '../support/app.js';
import type { Member } from '../support/people.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';
import { lockIsWaitedFor } from '../support/until.js';

let running: RunningApp;
let sakura: Member['corporation'];
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());

const sessionsOf = async ({ id }: Member) =>
  (await running.pool.query('select from sessions where account_id = $1', [id])).rowCount;

it('a fault before the session opens costs no code', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  await running.pool.query(
    `create function breaks() returns trigger language plpgsql as
     $$ begin raise exception 'broken'; end $$;
     create trigger breaks before insert on sessions for each row execute function breaks()`,
  );
  const person = await asked(running, member);
  const code = await app.code();
  const fields = { code, next: '/' };
  const broken = await person.sends('POST', '/login/second-factor', { fields });
  expect(broken.status).toBe(500);
  await running.pool.query('drop trigger breaks on sessions; drop function breaks()');
  await person.opens('/login/second-factor');
  await gives(person, code);
  expect(person.page.path).toBe('/');
});

it('a change of factors in between leaves no session behind', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const person = await asked(running, member);
  const before = await sessionsOf(member);
  const change = await running.pool.connect();
  await change.query('begin');
  await change.query('select from accounts where id = $1 for update', [member.id]);
  const fields = { code: await app.code(), next: '/' };
  const given = person.sends('POST', '/login/second-factor', { fields });
  await lockIsWaitedFor(running.pool, { about: 'accounts' });
  await change.query('delete from pending_sign_ins where account_id = $1', [member.id]);
  await change.query('delete from sessions where account_id = $1', [member.id]);
  await change.query('commit');
  change.release();
  expect((await given).headers.location).toMatch(/^\/login/);
  expect([before, await sessionsOf(member)]).toEqual([1, 0]);
});

it('the end of a trust in between asks for the factor', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const person = await asked(running, member);
  person.checks('今お使いの端末では、30日間、確認コードの入力を省略する');
  await gives(person, await app.nextCode());
  await person.sends('POST', '/logout', { fields: {} });
  const change = await running.pool.connect();
  await change.query('begin');
  await change.query('select from accounts where id = $1 for no key update', [member.id]);
  const { loginId, password } = member;
  const given = person.sends('POST', '/login', { fields: { loginId, password, next: '/' } });
  await lockIsWaitedFor(running.pool, { about: 'accounts' });
  await change.query('update devices set trusted_until = null where account_id = $1', [member.id]);
  await change.query('delete from sessions where account_id = $1', [member.id]);
  await change.query('commit');
  change.release();
  expect((await given).headers.location).toMatch(/^\/login\/second-factor/);
  expect(await sessionsOf(member)).toBe(0);
});
