import { startApp, type RunningApp } from '../support/app.js';
import { OFFICE, drafts, signedIn } from '../support/ip-restriction.js';
import { leftBehind, objectionLink, objects, takesOver } from '../support/succession.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp({ enrollmentHold: 3_600_000 });
});
afterAll(() => running.stop());

/** All that a stranger sees of an answer; what differs between any two requests is masked. */
async function refusal(loginId: string): Promise<unknown> {
  const stranger = running.visitor();
  const fields = { loginId, password: 'wrong-2026-password', next: '/' };
  const { status, headers, text } = await stranger.sends('POST', '/login', { fields });
  const masked = (value: unknown) =>
    String(value)
      .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
      .replaceAll(loginId, 'LOGIN')
      .replaceAll(/nonce-[\w+/=-]+|nonce="[^"]+"/g, 'NONCE');
  const seen = Object.entries(headers).filter(
    ([name]) => !['date', 'content-length', 'etag', 'x-request-id'].includes(name),
  );
  return {
    status,
    headers: seen.map(([name, value]) => `${name}: ${masked(value)}`),
    text: masked(text),
  };
}

it('a wrong password tells nothing about who is held, stopped or refused by address', async () => {
  const held = await leftBehind(running);
  await takesOver(running, held);
  const stopped = await leftBehind(running);
  await takesOver(running, stopped);
  await objects(running.visitor(), await objectionLink(running, stopped.sato));
  const { sato } = await leftBehind(running);
  const person = await signedIn(running, sato);
  await drafts(person, `${OFFICE},事務所`);
  await person.opens('/ip-restriction/trial');
  await person.presses('試行せずに反映する');
  const states = await running.pool.query<{ state: string; in_case: boolean; held: boolean }>(
    `select state, in_case, held_until is not null as held from accounts where login_id = any($1) order by in_case`,
    [[held.suzuki.loginId, stopped.suzuki.loginId]],
  );
  expect(states.rows).toEqual([
    { state: 'active', in_case: false, held: true },
    { state: 'suspended', in_case: true, held: false },
  ]);
  const unknown = await refusal('nobody-at-all');
  for (const { loginId } of [held.suzuki, stopped.suzuki, sato])
    expect(await refusal(loginId)).toEqual(unknown);
});

it('a refusal comes on a beat of 100 milliseconds, whatever was found', async () => {
  const { sato } = await leftBehind(running);
  for (const loginId of ['nobody-at-all', sato.loginId]) {
    const started = performance.now();
    await refusal(loginId);
    // Timers may be early by a fraction.
    expect(performance.now() - started).toBeGreaterThan(95);
  }
});
