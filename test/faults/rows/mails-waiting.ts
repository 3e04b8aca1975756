import { setTimeout as wait } from 'node:timers/promises';
import { check, type Fault } from '../fault.js';
import { asksForRecovery, mailReaders } from '../mail-readers.js';
import { Relay } from '../relay.js';
import { until } from '../smtp-trouble.js';

/** As many reminders as there are companies, each with the content of a mail that waits. */
const REMINDERS = `
  insert into mail_deliveries (id, kind, priority, recipient, sealed_message)
  select gen_random_uuid(), 'review-reminder', 2, d.recipient, d.sealed_message
  from (select recipient, sealed_message from mail_deliveries limit 1) as d,
       generate_series(1, $1::int)`;

export const fault: Fault = {
  must: 'the service is ready; a recovery mail goes out within a minute',
  async run(stage) {
    const relay = await Relay.start();
    stage.atEnd(() => relay.stop());
    await relay.becomes('down');
    const app = await stage.startApplication({ SMTP_URL: relay.url });
    const [first = '', second = ''] = await mailReaders(stage.pool, 2);
    await asksForRecovery(app, first);
    await until(
      async () => (await stage.pool.query('select from mail_deliveries')).rowCount === 1,
      'a mail waits',
    );
    const many = stage.quick ? 5_000 : 50_000;
    await stage.pool.query(REMINDERS, [many]);
    await relay.becomes('works');
    await until(() => relay.taken.length > 1, 'mails go out');
    const before = relay.taken.length;
    const ready = await app.statusOf({ path: '/health/ready' });
    const asked = performance.now();
    await asksForRecovery(app, second);
    await until(() => relay.taken.some(({ to }) => to === second), 'the recovery mail came');
    const recovery = relay.taken.find(({ to }) => to === second)!.at - asked;
    const seconds = stage.quick ? 5 : 20;
    await wait(seconds * 1_000 - (performance.now() - asked));
    const rate = Math.round((relay.taken.length - before) / seconds);
    check(ready === 200, `ready answers ${ready}`);
    return `${many} wait, ready ${ready}, recovery mail after ${Math.round(recovery)} ms, ${rate} mails/s`;
  },
};
