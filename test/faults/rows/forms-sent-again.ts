import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Application, TimedAnswer } from '../application.js';
import { check, type Fault } from '../fault.js';

const END = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'genkan%'`;
const SUZUKI = {
  name: '鈴木 一郎',
  nameKana: 'スズキ イチロウ',
  department: '',
  phone: '',
  role: 'staff',
};
const DONE = new Set([303, 409]);
const PATIENCE_MS = 30_000;

interface Seen {
  first: number[];
  again: number[];
  slowestMs: number;
}

/** Connections end at each moment of a form, and a double click repeats it. */
export const fault: Fault = {
  must: 'a form meets ended connections and is sent again, twice at once: done once, within 2 s',
  async run(stage) {
    const { pool } = stage;
    const rounds = stage.quick ? 20 : 120;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const seen: Seen = { first: [], again: [], slowestMs: 0 };
    for (let round = 0; round < rounds; round += 1) {
      await pool.query('delete from limit_counters');
      await invite(app, pool, cookie, round, seen);
    }
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    const told = `first ${tally(seen.first)}; again ${tally(seen.again)}; <= ${seen.slowestMs} ms`;
    check(seen.slowestMs < 2_000, told);
    check(seen.first.includes(503), `no form met a fault: ${told}`);
    return `${rounds} forms, ${told}, each done once`;
  },
};

async function invite(
  app: Application,
  pool: Pool,
  cookie: string,
  round: number,
  seen: Seen,
): Promise<void> {
  const email = `again-${round}@minato.example`;
  const post = {
    path: '/accounts/new',
    cookie,
    form: { ...SUZUKI, email, formId: crypto.randomUUID() },
  };
  const sent = app.ask(post);
  await wait(5 + ((round * 7) % 56));
  await pool.query(END);
  const first = await sent;
  seen.first.push(first.status);
  await app.until(200, { path: '/', cookie });
  const began = performance.now();
  const clicks = await Promise.all([repeated(app, post), repeated(app, post)]);
  seen.slowestMs = Math.max(seen.slowestMs, Math.round(performance.now() - began));
  seen.again.push(...clicks.map(({ status }) => status));
  const { rows } = await pool.query<{ invitations: number; mails: number }>(
    `select (select count(*)::int from invitations where email = $1) as invitations,
            (select count(*)::int from mail_deliveries where recipient = $1) as mails`,
    [email],
  );
  const { invitations, mails } = rows[0]!;
  check(
    invitations === 1 && mails === 1,
    `round ${round}: first ${first.status}, then ${clicks.map(({ status }) => status).join(' and ')}: ` +
      `${invitations} invitations, ${mails} mails`,
  );
}

/** Until it is not told to come back. */
async function repeated(
  app: Application,
  post: Parameters<Application['ask']>[0],
): Promise<TimedAnswer> {
  for (const until = performance.now() + PATIENCE_MS; ; await wait(50)) {
    const answer = await app.ask(post);
    if (answer.status !== 503) {
      check(DONE.has(answer.status), `answered ${answer.status}`);
      return answer;
    }
    check(performance.now() < until, 'it does not heal');
  }
}

function tally(statuses: number[]): string {
  const counts = Object.entries(Object.groupBy(statuses, String));
  return counts.map(([status, all]) => `${status}: ${all!.length}`).join(', ');
}
