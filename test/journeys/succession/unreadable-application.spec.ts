import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { applicant } from '../../support/registration.js';
import { applies, leftBehind, takesOver } from '../../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('an application sealed under another secret waits for its key, and the next one begins', async () => {
  const { corporation, sato, suzuki } = await leftBehind(running);
  const first = await takesOver(running, { corporation, sato, suzuki });
  await applies(running.visitor(), corporation, applicant('unreadable'));
  const next = applicant('readable', { name: '高橋 次郎' });
  const waiting = running.visitor();
  await applies(waiting, corporation, next);
  expect(waiting.page.facts).toMatchObject({ 受付番号: expect.stringMatching(/^\w{4}-\w{4}$/) });
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
