import { setTimeout as wait } from 'node:timers/promises';
import type { Application } from './application.js';
import { check } from './fault.js';

const CLIENTS = 30;
const WITHIN_SECONDS = 5;
const HEALED_WITHIN_MS = 2_000;

/**
 * Asks at once and again while the database says nothing: each answer must be 503 with
 * `Retry-After` in time.
 * @returns what was seen, in words
 */
export async function checkSilence(
  app: Application,
  cookie: string,
  { begins, ends }: { begins(): unknown; ends(): unknown },
): Promise<string> {
  // So many connections are open and idle.
  await Promise.all(Array.from({ length: 10 }, () => app.ask({ path: '/', cookie })));
  await begins();
  const first = await slowest(app, cookie);
  await wait(500);
  const second = await slowest(app, cookie);
  await ends();
  const healed = Math.round(await app.until(200, { path: '/', cookie }));
  const seen = `503 with Retry-After after at most ${first.toFixed(1)} s, then ${second.toFixed(1)} s; healed in ${healed} ms`;
  check(Math.max(first, second) < WITHIN_SECONDS && healed < HEALED_WITHIN_MS, seen);
  return seen;
}

async function slowest(app: Application, cookie: string): Promise<number> {
  const asks = Array.from({ length: CLIENTS }, (_, client) => {
    const form = { email: 'sato@minato.example' };
    if (client % 3 === 0) return app.ask({ path: '/password-reset', form });
    if (client % 3 === 1) return app.ask({ path: '/', cookie });
    const login = { loginId: 'sato-demo', password: 'genkan-demo-2026', next: '/' };
    return app.ask({ path: '/login', form: login, address: `198.51.100.${client}` });
  });
  const answers = await Promise.all(asks);
  for (const { url, status, headers } of answers)
    check(status === 503 && headers['retry-after'] !== undefined, `${url.pathname}: ${status}`);
  return Math.max(...answers.map(({ seconds }) => seconds));
}
