import { check, type Fault } from '../fault.js';
import { asksForRecovery, mailReaders } from '../mail-readers.js';
import { Relay } from '../relay.js';
import { until } from '../smtp-trouble.js';
import type { Stage } from '../stage.js';

const REFUSED = 200;
const PATIENCE_SECONDS = 60;

/** As an unknown recipient of Exchange Online, and as an answer that ends the session too. */
const TURNS: [instances: number, code: number, words: string][] = [
  [1, 550, '5.4.1 Recipient address rejected: Access denied'],
  [2, 550, '5.4.1 Recipient address rejected: Access denied'],
  [2, 421, '4.7.0 Too many connections'],
];

/** Of the one mail that waits, to people in ten domains. */
const COPIES = `
  insert into mail_deliveries (id, kind, priority, recipient, sealed_message)
  select gen_random_uuid(), 'recovery', 0, 'p' || n || '@refused' || n % 10 || '.example', sealed_message
  from (select sealed_message from mail_deliveries limit 1) as d, generate_series(1, $1::int) as n`;

const TRIED = `
  select count(*)::int as tried, count(*) filter (where state = 'bounced')::int as bounced
  from mail_deliveries where recipient like '%@refused%' and server_answer is not null`;

export const fault: Fault = {
  must: 'a recovery mail goes out within a minute, whomever else the relay refuses by a rule',
  async run(stage) {
    const [first = '', ...people] = await mailReaders(stage.pool, 6);
    const refused = 'someone@refused.example';
    await stage.pool.query(
      'update accounts set email = $1, email_key = $1 where email = $2 returning id',
      [refused, first],
    );
    const seen: string[] = [];
    for (const turn of TURNS) seen.push(await play(stage, turn, [refused, ...people]));
    return seen.join('; ');
  },
};

async function play(
  stage: Stage,
  [instances, code, words]: (typeof TURNS)[number],
  [refused = '', ...people]: string[],
): Promise<string> {
  const relay = await Relay.start();
  stage.atEnd(() => relay.stop());
  await relay.becomes('down');
  const started = Array.from({ length: instances }, () =>
    stage.startApplication({ SMTP_URL: relay.url }),
  );
  const apps = await Promise.all(started);
  await asksForRecovery(apps[0]!, refused);
  await until(
    async () => (await stage.pool.query('select from mail_deliveries')).rowCount === 1,
    'a mail waits',
  );
  await stage.pool.query(COPIES, [REFUSED]);
  relay.refuses(/@refused/, code, words);
  await relay.becomes('works');
  const asked = performance.now();
  for (const email of people) await asksForRecovery(apps[0]!, email);
  await until(() => people.every((email) => relay.recipients.includes(email)), 'recoveries came');
  const seconds = (performance.now() - asked) / 1000;
  check(seconds < PATIENCE_SECONDS, `the last recovery came after ${seconds} s`);
  const { rows } = await stage.pool.query<{ tried: number; bounced: number }>(TRIED);
  check(rows[0]!.bounced === 0, 'a rule was taken for a word about the address');
  for (const app of apps) await app.kill();
  await stage.pool.query('truncate limit_counters, mail_deliveries, recoveries cascade');
  return `${instances} with ${code}: ${people.length} recoveries after ${seconds.toFixed(1)} s, behind ${rows[0]!.tried} refused`;
}
