import { request, type ClientRequest } from 'node:http';
import { register } from 'prom-client';
import { Passwords } from '../../src/auth/passwords/passwords.js';
import { knownSource } from '../../src/limits/source.js';
import { startApp, type RunningApp } from '../support/app.js';
import { until } from '../support/until.js';

const CROWD = 12;
/** As many as may work at once, and more: a known source that keeps the process busy. */
const WORKING = 16;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

function sends(path: string, loginId: string): ClientRequest {
  const body = new URLSearchParams({ loginId, password: 'wrong-2026', next: '/' }).toString();
  const type = 'application/x-www-form-urlencoded';
  const headers = { 'content-type': type, 'sec-fetch-site': 'same-origin' };
  const sent = request({ port: running.config.port, method: 'POST', path, headers });
  sent.on('error', () => undefined);
  return sent.end(body);
}

/** Of strangers, before the hash. */
async function passwordsThat(did: 'waiting' | 'refused_total'): Promise<number> {
  const { values } = await register.getSingleMetric(`genkan_password_queue_${did}`)!.get();
  const ofStrangers = values.find(
    ({ labels }) => labels['queue'] === 'hash' && labels['lane'] === 'strangers',
  );
  return ofStrangers?.value ?? 0;
}

it.each(['/login', '/desk/login'])(
  'whoever hangs up leaves the line before the hash: %s',
  async (path) => {
    const end = Promise.withResolvers<undefined>();
    const busy = knownSource('busy', { site: '203.0.113.0/24', client: '203.0.113.1' });
    const passwords = running.app.get(Passwords);
    const working = Array.from({ length: WORKING }, () =>
      passwords.inTurn(busy, () => end.promise),
    );
    const crowd = Array.from({ length: CROWD }, (_, index) => sends(path, `nobody-${index}`));
    const refused = await passwordsThat('refused_total');
    await until(async () => (await passwordsThat('waiting')) === CROWD);
    for (const sent of crowd) sent.destroy();
    await until(async () => (await passwordsThat('waiting')) === 0);
    // Nobody waited for as long as anybody may.
    expect(await passwordsThat('refused_total')).toBe(refused);
    end.resolve(undefined);
    await Promise.all(working);
  },
);
