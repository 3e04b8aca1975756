import { startApp, type RunningApp } from '../../support/app.js';
import { holdsUp } from '../../support/held-company.js';
import { applicant, entersDetails } from '../../support/registration.js';
import { applies, entersNumbers, leftBehind } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

async function numberOf(state: string): Promise<number> {
  const found = await running.pool.query('select from enrollments where state = $1', [state]);
  return found.rowCount!;
}

it('applications at the same moment count each other: the fifth stands, the sixth goes by mail', async () => {
  const { corporation } = await leftBehind(running);
  for (let number = 1; number <= 4; number += 1)
    await applies(running.visitor(), corporation, applicant(`crowd-${number}`));
  const last = [running.visitor(), running.visitor()];
  for (const [index, person] of last.entries()) {
    await entersNumbers(person, corporation);
    await entersDetails(person, applicant(`crowd-last-${index}`));
  }
  const company = await holdsUp(running, corporation);
  const pressed = last.map((person) => person.presses('登録'));
  // One waits for the row, and the other one for its turn.
  await company.isWaitedFor(1);
  await company.letsGo();
  for (const { h1 } of await Promise.all(pressed)) expect(h1).toBe('管理者追加登録完了');
  expect(await numberOf('awaiting-activation')).toBe(5);
  expect(await numberOf('by-mail')).toBe(1);
});
