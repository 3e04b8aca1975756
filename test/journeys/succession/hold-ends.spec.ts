import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { dismiss, grant, TAMURA } from '../../support/desk-people.js';
import { activates, applicant, signsIn } from '../../support/registration.js';
import { applies, leftBehind, provesForReview, takesOver } from '../../support/succession.js';

const HOUR = 3_600_000;
const HELD = 'まではログインできません';

let running: RunningApp;
afterEach(() => running.stop());

it.each([
  ['held back', true],
  ['not proved', false],
])(
  'a newcomer who is %s is not held back when the last administrator is sent away',
  async (_, isHeld) => {
    running = await startApp({ enrollmentHold: 24 * HOUR });
    const operator = new Operator(running);
    const left = await leftBehind(running);
    await takesOver(running, left);
    await running.clock.advance('12 days');
    const erased = await operator.types('account', 'erase', left.sato.loginId, ...TAMURA);
    expect(erased).toMatchObject({ exitCode: 0, err: '' });
    const honest = applicant('hinoki-honest');
    const person = running.visitor();
    await applies(person, left.corporation, honest);
    const link = running.mailbox.linkIn(await running.mailbox.mailTo(honest.email));
    const proves = () => activates(person, link);
    if (isHeld) {
      await proves();
      await signsIn(person, honest);
      expect(person.page.path).toBe('/admin-enrollment/case');
    }
    const { rows } = await running.pool.query<{ number: string }>(
      `select case_number as number from enrollments where applicant = '鈴木 一郎'`,
    );
    await dismiss(operator, rows[0]!.number);
    if (!isHeld) {
      await grant(operator, await provesForReview(running, person, honest, link));
      const again = await running.mailbox.mailTo(honest.email);
      await person.opens(new URL(running.mailbox.linkIn(again)).pathname);
      expect(person.page.text).not.toContain(HELD);
      await person.presses('登録を完了する');
    }
    await signsIn(person, honest);
    expect(person.page.h1).toBe('TOPページ');
    // The probation is as long as for everybody.
    expect((await person.sends('GET', '/accounts/new')).status).toBe(403);
    const text = `select from accounts where login_id_key = $1
    and probation_ends_at between genkan_now() + interval '71 hours' and genkan_now() + interval '72 hours'`;
    expect((await running.pool.query(text, [honest.loginId])).rowCount).toBe(1);
  },
);
