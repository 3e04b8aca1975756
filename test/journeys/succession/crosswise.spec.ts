import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { BY_NAKAI, BY_TAMURA } from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, objectionLink, takesOverAndSignsIn } from '../../support/succession.js';

const ROUNDS = 20;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

type Act = () => Promise<{ status: number }>;

const post =
  (who: Visitor, path: string, fields: Record<string, string>): Act =>
  () =>
    who.sends('POST', path, { fields });

/** A company in a probation, and what its people are about to do to each other. */
async function company() {
  const left = await leftBehind(running, 2);
  const { corporation, sato } = left;
  const newcomer = await takesOverAndSignsIn(running, left);
  const objection = await objectionLink(running, sato);
  const { rows } = await running.pool.query<{ id: string; login: string }>(
    'select id, login_id as login from accounts where corporation_id = $1',
    [corporation.id],
  );
  const idOf = (login: string) => rows.find((row) => row.login.startsWith(login))!.id;
  const katos = rows.filter(({ login }) => login.startsWith('kato')).sort(byLogin);
  const [first, second] = [running.visitor(), running.visitor()];
  await signsIn(first, { loginId: katos[0]!.login, password: sato.password });
  await signsIn(second, { loginId: katos[1]!.login, password: sato.password });
  const found = await running.pool.query<{ id: string; number: string }>(
    'select id, case_number as number from enrollments where corporation_id = $1',
    [corporation.id],
  );
  const { id: caseId, number } = found.rows[0]!;
  const desk = running.app.get(DeskDecisions);
  const details = { name: '加藤', nameKana: 'カトウ', department: '', phone: '', version: '1' };
  const acts: Act[] = [
    post(running.visitor(), objection, { statement: '' }),
    post(newcomer, '/accounts/deletion', { accountId: sato.id }),
    post(newcomer, `/accounts/${katos[1]!.id}/suspension`, { act: 'suspend' }),
    post(first, '/accounts/deletion', { accountId: idOf('suzuki') }),
    post(first, `/accounts/${katos[1]!.id}`, { ...details, role: 'staff' }),
    post(second, `/accounts/${katos[0]!.id}/suspension`, { act: 'suspend' }),
    post(second, `/admin-enrollment/cases/${caseId}/approval`, {}),
    post(newcomer, '/accounts/deletion', { accountId: idOf('suzuki'), ownAccount: 'yes' }),
    async () => {
      for (const by of [BY_TAMURA, BY_NAKAI]) await inUnitOfWork(() => desk.dismiss(number, by));
      return { status: 200 };
    },
  ];
  return {
    corporation,
    acts,
    newcomer: idOf('suzuki'),
    witnesses: [sato.id, ...katos.map(({ id }) => id)],
  };
}

it('acts of both sides at the same moment leave what an objection promises', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { corporation, acts, newcomer, witnesses } = await company();
    const chosen = shuffled(acts.slice(1), round).slice(0, 5 + (round % 4));
    const answers = await Promise.all(shuffled([acts[0]!, ...chosen], round).map((act) => act()));
    for (const { status } of answers) expect(status).toBeLessThan(500);
    const { rows } = await running.pool.query<Record<string, unknown>>(
      `select e.state, (select state from accounts where id = $2) = 'active' as active,
              count(*) filter (where a.state = 'active' and a.role = 'administrator')::int as unharmed,
              count(*) filter (where $2 in (a.deleted_by, a.suspended_by))::int as harmed
       from enrollments e join accounts a on a.id = any($3)
       where e.corporation_id = $1 group by e.id`,
      [corporation.id, newcomer, witnesses],
    );
    const { state, active, unharmed, harmed } = rows[0]!;
    if (state !== 'objected' && state !== 'refused') continue;
    expect([round, active, harmed]).toEqual([round, false, 0]);
    // After the desk's decision the administrators may remove each other again.
    if (state === 'objected') expect([round, unharmed]).toEqual([round, 3]);
  }
});

function byLogin(one: { login: string }, other: { login: string }): number {
  return one.login.localeCompare(other.login);
}

/** In another order each round, and in the same one in each run. */
function shuffled<T>(things: T[], round: number): T[] {
  const keyOf = (place: number) => Math.imul((place + 1) * 2654435761, round * 40503 + 7) >>> 0;
  return things
    .map((thing, place) => ({ thing, key: keyOf(place) }))
    .sort((one, other) => one.key - other.key)
    .map(({ thing }) => thing);
}
