import { Client } from 'pg';
import { check, type Fault } from '../fault.js';
import { asksForRecovery, mailReaders } from '../mail-readers.js';
import { Relay } from '../relay.js';
import { until } from '../smtp-trouble.js';

const HELD = `select count(*)::int as held from graphile_worker.jobs where locked_at is not null`;

export const fault: Fault = {
  must: 'jobs and mails of a killed process are taken up again within a minute',
  async run(stage) {
    const relay = await Relay.start();
    stage.atEnd(() => relay.stop());
    const environment = { SMTP_URL: relay.url };
    const killed = await stage.startApplication(environment);
    const [reader = ''] = await mailReaders(stage.pool, 1);
    const locker = new Client(stage.database.url);
    locker.on('error', () => undefined);
    await locker.connect();
    stage.atEnd(() => locker.end());
    await locker.query('begin; lock table enrollments in share mode');
    await relay.becomes('slow');
    await asksForRecovery(killed, reader);
    await stage.pool.query(`select graphile_worker.add_job('clean-up')`);
    const held = async () => (await stage.pool.query<{ held: number }>(HELD)).rows[0]!.held;
    const inHand = `select from mail_deliveries where in_hand`;
    await until(async () => (await held()) === 1, 'the job is held');
    await until(async () => (await stage.pool.query(inHand)).rowCount === 1, 'a mail is in hand');
    await killed.kill();
    const died = performance.now();
    await locker.query('rollback');
    await relay.becomes('works');
    const seconds = () => Math.round((performance.now() - died) / 1000);
    await stage.startApplication(environment);
    check((await held()) === 1, 'the job was not held any more');
    await until(async () => (await held()) === 0, 'the job is done');
    const job = seconds();
    await until(() => relay.taken.length === 1, 'the mail came');
    return `the job after ${job} s, the mail after ${seconds()} s`;
  },
};
