import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { acceptance, invitationTo, invited, invites } from '../../support/invitation.js';
import { drafts, OFFICE } from '../../support/ip-restriction.js';
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
  const { corporation, sato, suzuki } = left;
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
  const accomplice = `accomplice-${suzuki.loginId}`;
  await invites(newcomer, invited(`${accomplice}@example.jp`, { role: 'administrator' }));
  const invitation = await invitationTo(running, `${accomplice}@example.jp`);
  newcomer.movesTo(OFFICE);
  await drafts(newcomer, `${OFFICE},事務所`);
  const found = await running.pool.query<{ id: string; number: string; edition: number }>(
    `select e.id, case_number as number, d.edition from enrollments e join ip_drafts d using (corporation_id)
     where e.corporation_id = $1`,
    [corporation.id],
  );
  const { id: caseId, number, edition } = found.rows[0]!;
  const details = { name: '加藤', nameKana: 'カトウ', department: '', phone: '', version: '1' };
  const acts: Act[] = [
    post(running.visitor(), objection, { statement: '' }),
    post(newcomer, '/accounts/deletion', { accountId: sato.id }),
    post(first, '/accounts/deletion', { accountId: idOf('suzuki') }),
    post(first, `/accounts/${katos[1]!.id}`, { ...details, role: 'staff' }),
    post(second, `/accounts/${katos[0]!.id}/suspension`, { act: 'suspend' }),
    post(second, `/admin-enrollment/cases/${caseId}`, { act: 'approve', statement: '' }),
    post(newcomer, `/accounts/${katos[0]!.id}/email`, { email: `${number}@evil.example` }),
    post(newcomer, `/accounts/${katos[1]!.id}`, { act: 'end-sessions' }),
    post(newcomer, '/ip-restriction/trial', {
      act: 'apply',
      list: 'draft',
      edition: String(edition),
    }),
    () => running.visitor().sends('POST', invitation, acceptance(accomplice)),
    async () => {
      await running.app.get(DeskDecisions).decide(number, false);
      return { status: 200 };
    },
  ];
  return { corporation, acts, newcomer: idOf('suzuki'), accomplice };
}

it('acts of both sides at the same moment leave what an objection promises', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { corporation, acts, newcomer, accomplice } = await company();
    const chosen = shuffled(acts.slice(1), round).slice(0, 6 + (round % 5));
    const answers = await Promise.all(shuffled([acts[0]!, ...chosen], round).map((act) => act()));
    for (const { status } of answers) expect(status).toBeLessThan(500);
    const { rows } = await running.pool.query<Record<string, unknown>>(
      `select (select count(*)::int from usable_administrators where corporation_id = $1) > 0 as usable,
              e.state in ('objected', 'refused') as stopped,
              (select state from accounts where id = $2) = 'active' as active,
              exists (select from accounts where login_id = $3 and role = 'administrator') as accomplice,
              exists (select from ip_versions where author_id = $2 and ended_at is null) as lists,
              exists (select from probation_acts where enrollment_id = e.id and undone_at is null) as acts
       from enrollments e where e.corporation_id = $1`,
      [corporation.id, newcomer, accomplice],
    );
    expect(rows[0]).toMatchObject({ usable: true });
    if (rows[0]!.stopped)
      expect([round, rows[0]]).toEqual([
        round,
        {
          usable: true,
          stopped: true,
          active: false,
          accomplice: false,
          lists: false,
          acts: false,
        },
      ]);
  }
}, 180_000);

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
