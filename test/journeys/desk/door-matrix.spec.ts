import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { AccountReports } from '../../../src/desk/accounts/account-reports.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import {
  becomes,
  callersIn,
  NETWORKS,
  STATES,
  type Caller,
  type Callers,
} from '../../support/door-stage.js';
import { translate } from '../../../src/web/texts.js';
import { answers, proved } from '../../support/factor-recovery.js';
import { gives } from '../../support/second-factor.js';

/** Where the door leads, and what it writes, by what the desk says that stops the person. */
const DOOR: Record<string, { leadsTo?: string; status: number; logs: string | undefined }> = {
  nothing: { status: 303, leadsTo: '/', logs: 'done' },
  waiting: { status: 422, logs: undefined },
  'registration-unfinished': {
    status: 303,
    leadsTo: '/activation',
    logs: 'registration-unfinished',
  },
  'corporation-closed': { status: 303, logs: 'corporation-closed', leadsTo: '/login/closed' },
  'case-held': { status: 303, leadsTo: '/admin-enrollment/case', logs: 'case-held' },
  'account-suspended': { status: 303, logs: 'account-suspended', leadsTo: '/login/closed' },
  'account-deleted': { status: 303, logs: 'account-deleted', leadsTo: '/login/closed' },
  'address-refused': { status: 303, leadsTo: '/ip-restriction/access', logs: 'address-refused' },
  'second-factor-needed': { status: 303, leadsTo: '/', logs: 'done' },
  'second-factor-missing': { status: 303, leadsTo: '/', logs: 'done' },
};
const OF_CASE = { status: 303, leadsTo: '/admin-enrollment/case', logs: 'account-suspended' };

let running: RunningApp;
const companies = new Map<string, Callers>();
let places = 0;
beforeAll(async () => {
  running = await startApp();
  for (const network of NETWORKS) companies.set(network, await callersIn(running, network));
});
afterAll(() => running.stop());

/** Another network each time, because many failures of one are answered late. */
function addressIn(network: string): string {
  places = (places + 1) % 250;
  return network === 'admitted' ? `198.51.${places}.7` : `203.0.${places}.9`;
}

/** What the desk would say about somebody who comes from there; at the door a wait comes first. */
async function saidAbout({ member }: Caller, address?: string): Promise<string> {
  return inUnitOfWork(async () => {
    const reports = running.app.get(AccountReports);
    const { diagnosis } = await reports.read(await reports.find(member.id), address);
    const { checks, stops } = diagnosis;
    expect(checks.some(({ answer }) => answer === 'stops')).toBe(stops.length > 0);
    return stops.find((stop) => stop === 'waiting') ?? stops[0] ?? 'nothing';
  });
}

/** The right password, and the right code where one is asked, from there. */
async function signsIn({ member, factor }: Caller, address: string) {
  const person: Visitor = running.visitor({ address });
  const fields = { loginId: member.loginId, password: member.password, next: '/' };
  let answer = await person.sends('POST', '/login', { fields });
  const isAsked = answer.headers.location?.startsWith('/login/second-factor') ?? false;
  if (isAsked) {
    await person.opens(answer.headers.location!);
    await gives(person, await factor!.app.nextCode());
    answer = person.posted!;
  }
  return {
    isAsked,
    status: answer.status,
    location: answer.headers.location?.split('?flow=')[0],
    person,
  };
}

async function logged({ member }: Caller): Promise<string[]> {
  const { rows } = await running.pool.query<{ reason: string }>(
    `select reason from audit_entries where account_id = $1 and act = 'sign-in' order by id desc`,
    [member.id],
  );
  return rows.map(({ reason }) => reason);
}

async function waits(): Promise<unknown[]> {
  return (await running.pool.query<object>('select * from waiting_times')).rows;
}

async function matches(person: Caller, network: string, isCase: boolean): Promise<void> {
  const address = addressIn(network);
  const [waitsBefore, before] = [await waits(), await logged(person)];
  const said = await saidAbout(person, address);
  // Looking counted nothing and left nothing behind.
  expect([await waits(), await logged(person)]).toEqual([waitsBefore, before]);
  const { isAsked, status, location } = await signsIn(person, address);
  const door = isCase && said === 'account-suspended' ? OF_CASE : DOOR[said]!;
  const rows = await logged(person);
  expect({
    said,
    status,
    location,
    logs: rows.length === before.length ? undefined : rows[0],
    isAsked,
  }).toEqual({
    said,
    status: door.status,
    location: door.leadsTo,
    logs: door.logs,
    isAsked: person.factor !== undefined && said !== 'waiting',
  });
}

describe.each(NETWORKS)('%s', (network) => {
  // The factor comes before the state and the address, whichever list that is.
  const asksFactor = network === 'unrestricted' || network === 'refused';

  it.each(Object.entries(STATES))('%s: the desk says what the door does', async (name, state) => {
    const { corporation, people } = companies.get(network)!;
    for (const person of people.filter(({ factor }) => !factor || asksFactor))
      for (const isWaiting of [false, true])
        for (const company of ['active', 'closed']) {
          await becomes(running, person.member, { state, isWaiting, hasBounced: isWaiting });
          await running.pool.query('update corporations set state = $2 where id = $1', [
            corporation.id,
            company,
          ]);
          await matches(person, network, name === 'in a case');
        }
    await running.pool.query(`update corporations set state = 'active' where id = $1`, [
      corporation.id,
    ]);
  });
});

it('says that a sign-in leads to the set-up of a factor once its day is over', async () => {
  const { corporation, people } = companies.get('unrestricted')!;
  const [plain, equipped] = people as [Caller, Caller];
  for (const person of [plain, equipped])
    await becomes(running, person.member, { state: STATES.active });
  const asks = 'update corporations set everybody_asked_since = genkan_now() where id = $1';
  await running.pool.query(asks, [corporation.id]);
  expect(await saidAbout(plain, '203.0.113.9')).toBe('nothing');
  await running.clock.advance('15 days');
  expect(await saidAbout(plain, '203.0.113.9')).toBe('second-factor-missing');
  const { person } = await signsIn(plain, '203.0.113.9');
  await person.opens('/');
  expect(person.page.path).toBe('/me/second-factor');
});

it('says that a factor keeps somebody out who was asked for it and did not sign in since', async () => {
  const [, equipped] = companies.get('unrestricted')!.people as [Caller, Caller];
  await becomes(running, equipped.member, { state: STATES.active });
  const said = () => saidAbout(equipped, '203.0.113.9');
  await signsIn(equipped, '203.0.113.9');
  expect(await said()).toBe('nothing');
  const { loginId, password } = equipped.member;
  const person = running.visitor({ address: '203.0.113.9' });
  await person.sends('POST', '/login', { fields: { loginId, password, next: '/' } });
  expect(await said()).toBe('second-factor-needed');
  await signsIn(equipped, '203.0.113.9');
  expect(await said()).toBe('nothing');
});

it('counts wrong passwords for the desk, and no wrong code of a recovery', async () => {
  const [, { member, factor }] = companies.get('unrestricted')!.people as [Caller, Caller];
  await becomes(running, member, { state: STATES.active });
  await signsIn({ member, factor }, '203.0.113.9');
  const said = () =>
    inUnitOfWork(async () => {
      const reports = running.app.get(AccountReports);
      const { diagnosis } = await reports.read(await reports.find(member.id));
      const check = diagnosis.checks.find(({ name }) => name === 'password')!;
      return [check.answer, translate(check.detail, 'ja')];
    });
  const person = await proved(running, member);
  await answers(person, await factor!.app.wrongCode());
  expect(await said()).toEqual([
    'passes',
    '前回のログインのあと、パスワードの間違いはありません。',
  ]);
  const fields = { loginId: member.loginId, password: 'wrong-2026-one', next: '/' };
  await running.visitor({ address: '203.0.113.9' }).sends('POST', '/login', { fields });
  expect(await said()).toEqual(['note', expect.stringContaining('パスワードを1回間違えています')]);
});

it('asks about the address that came last, whatever was written down later', async () => {
  const [{ member }] = companies.get('refused')!.people as [Caller];
  await becomes(running, member, { state: STATES.active });
  await signsIn({ member, factor: undefined }, '203.0.113.9');
  await running.pool.query(
    `insert into audit_entries (account_id, act, reason, address, at)
     values ($1, 'sign-in', 'done', '198.51.0.7', genkan_now() - interval '1 day')`,
    [member.id],
  );
  expect(await saidAbout({ member, factor: undefined })).toBe('address-refused');
});
