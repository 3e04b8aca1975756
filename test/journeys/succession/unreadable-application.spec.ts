import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { grant } from '../../support/desk-people.js';
import { applicant } from '../../support/registration.js';
import { isReviewed, leftBehind, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an application sealed under another secret waits for its key, and the next one begins', async () => {
  const { corporation, sato, suzuki } = await leftBehind(running);
  const first = await takesOver(running, { corporation, sato, suzuki });
  const operator = new Operator(running);
  const next = applicant('readable', { name: '高橋 次郎' });
  for (const each of [applicant('unreadable'), next])
    await grant(operator, await isReviewed(running, running.visitor(), corporation, each));
  expect((await running.mailbox.mailTo(next.email)).subject).toContain('受け付けました');
  const { sealed } = await waitingDetails();
  await changeDetails(Buffer.alloc(64));
  expect(first.page.path).toBe('/login?next=%2Faccounts');
  await running.clock.advance('72 hours');
  await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  expect((await running.mailbox.mailTo(next.email)).subject).toContain(
    '管理者追加登録完了のご案内',
  );
  expect(await waitingDetails()).toEqual({ state: 'queued', sealed: Buffer.alloc(64) });

  await changeDetails(sealed);
  await running.clock.advance('25 hours');
  await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  expect(await waitingDetails()).toEqual({ state: 'awaiting-activation', sealed: null });
});

const EMAIL = 'unreadable@example.jp';

async function waitingDetails(): Promise<{ state: string; sealed: Buffer | null }> {
  const { rows } = await running.pool.query<{ state: string; sealed: Buffer | null }>(
    'select state, sealed_details as sealed from enrollments where applicant_email = $1',
    [EMAIL],
  );
  return rows[0]!;
}

async function changeDetails(sealed: Buffer | null): Promise<void> {
  const statement = 'update enrollments set sealed_details = $1 where applicant_email = $2';
  await running.pool.query(statement, [sealed, EMAIL]);
}
