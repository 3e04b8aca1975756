import { setTimeout as wait } from 'node:timers/promises';
import { check, type Fault } from './fault.js';
import { asksForRecovery, mailReaders } from './mail-readers.js';
import { Relay, type RelayMood } from './relay.js';
import type { Stage } from './stage.js';

const PEOPLE = 12;
const PATIENCE_MS = 60_000;

/** Recoveries are asked for while the relay is in trouble, for a while, and until it works again. */
export function smtpTrouble(mood: RelayMood): Fault {
  return {
    must: 'flows succeed at the same speed; mails wait and go out once, in order, when it is back',
    run: (stage) => runTrouble(stage, mood),
  };
}

async function runTrouble(stage: Stage, mood: RelayMood): Promise<string> {
  const relay = await Relay.start();
  stage.atEnd(() => relay.stop());
  // With several lanes neighbours change places.
  const app = await stage.startApplication({ SMTP_URL: relay.url, MAIL_CONCURRENCY: '1' });
  const [first = '', ...others] = await mailReaders(stage.pool, PEOPLE + 1);
  const quiet = await asksForRecovery(app, first);
  await until(() => relay.taken.length === 1, 'the first mail came');
  await relay.becomes(mood);
  let slowest = 0;
  for (const email of others) slowest = Math.max(slowest, await asksForRecovery(app, email));
  await wait(stage.quick ? 3_000 : 15_000);
  const duringTrouble = new Set(relay.recipients.slice(1)).size;
  const worked = performance.now();
  await relay.becomes('works');
  await until(() => new Set(relay.recipients).size === PEOPLE + 1, 'all mails came');
  const seconds = ((performance.now() - worked) / 1000).toFixed(1);
  await wait(1_000);
  return [
    `answers in ${Math.round(slowest)} ms at most (quiet ${Math.round(quiet)})`,
    `${duringTrouble} of ${PEOPLE} mails in the trouble, all ${seconds} s after it`,
    await ordered(stage, relay),
    await delivered(stage),
  ].join('; ');
}

/**
 * In the order in which they were queued; but the first one that came is the one that was tried to
 * know whether the relay works again.
 */
async function ordered({ pool }: Stage, relay: Relay): Promise<string> {
  const { rows } = await pool.query<{ recipient: string }>(
    'select recipient from mail_deliveries order by created_at offset 1',
  );
  const [, probe, ...came] = relay.recipients;
  const queued = rows.map(({ recipient }) => recipient).filter((recipient) => recipient !== probe);
  const moved = queued.map((recipient, at) => Math.abs(came.indexOf(recipient) - at));
  const furthest = Math.max(...moved);
  check(furthest <= 1, `queued ${queued.join(' ')}, came ${came.join(' ')}`);
  check(came.length === PEOPLE - 1, `${came.length + 1} mails instead of ${PEOPLE}`);
  const twice = relay.taken.length - 1 - PEOPLE;
  return `one tried before, others at most ${furthest} places from their order, ${twice} sent twice under the same name`;
}

async function delivered({ pool }: Stage): Promise<string> {
  const { rows } = await pool.query<{ state: string; count: number }>(
    `select state, count(*)::int from mail_deliveries group by 1 order by 1`,
  );
  const states = rows.map(({ state, count }) => `${count} ${state}`).join(', ');
  check(rows.length === 1 && rows[0]!.state === 'handed-over', states);
  return states;
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    check(performance.now() < end, `not within a minute: ${what}`);
    await wait(20);
  }
}
