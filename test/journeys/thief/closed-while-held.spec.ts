import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { TAMURA } from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, takesOver } from '../../support/succession.js';

const HOUR = 3_600_000;
let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 24 * HOUR });
});
afterAll(() => running.stop());

it('a hold begins anew when the company is open again, and the probation behind it', async () => {
  await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
  const left = await leftBehind(running);
  const operator = new Operator(running);
  const turns = (act: 'close' | 'open') =>
    operator.typesWith(
      { ENROLLMENT_HOLD_HOURS: '24' },
      'corporation',
      act,
      left.corporation.corporateNumber,
      ...TAMURA,
    );
  const thief = await takesOver(running, left);
  await turns('close');
  await running.clock.advance('10 days');
  await turns('open');
  await running.clock.advance('23 hours 59 minutes');
  await signsIn(thief, left.suzuki);
  expect(thief.page.path).toBe('/admin-enrollment/case');
  await running.clock.advance('1 minute');
  await signsIn(thief, left.suzuki);
  expect(thief.page.h1).toBe('TOPページ');
  await running.clock.advance('71 hours 59 minutes');
  await signsIn(thief, left.suzuki);
  expect((await thief.sends('GET', '/accounts/new')).status).toBe(403);
});
