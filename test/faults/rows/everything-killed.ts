import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { runProgram } from '../../../src/database/postgres-programs.js';
import { check, type Fault } from '../fault.js';
import { checkStart, timeOf } from '../start-time.js';
import type { Stage } from '../stage.js';

/** The demo with its own database, after everything was killed at once. */
export const fault: Fault = {
  must: 'embedded: starts after kill -9 of everything, whatever postmaster.pid says, and while recovering',
  async run(stage) {
    const pidFile = join(stage.database.data, 'postmaster.pid');
    const stranger = spawn('sleep', ['600']);
    stage.atEnd(() => stranger.kill('SIGKILL'));
    const zombie = await zombieOf(stage);
    await stage.database.stop();
    const usual = await timeOf(() => stage.startDemo());
    await killAll(stage);
    const [, ...lines] = (await readFile(pidFile, 'utf8')).split('\n');
    const seen = [`stale: ${await startsAgain(stage, usual)}`];
    for (const [name, text] of [
      ['pid of another program', [stranger.pid, ...lines].join('\n')],
      ['pid of a zombie', [zombie, ...lines].join('\n')],
      ['empty', ''],
    ] as const) {
      await killAll(stage);
      await writeFile(pidFile, text);
      seen.push(`${name}: ${await startsAgain(stage, usual)}`);
    }
    check(stranger.exitCode === null && stranger.signalCode === null, 'the stranger was killed');
    await killAll(stage);
    seen.push(`recovering: ${await startsDuringRecovery(stage)}`);
    return `${seen.join(', ')}; a usual start takes ${usual} ms`;
  },
};

async function killAll({ demo, database }: Stage): Promise<void> {
  await Promise.all([demo!.kill(), database.crash()]);
}

async function startsAgain(stage: Stage, usual: number): Promise<string> {
  const milliseconds = await timeOf(() => stage.startDemo());
  checkStart(milliseconds, usual);
  await stage.demo!.signIn();
  return `${milliseconds} ms`;
}

/** A standby that takes no connections yet answers as a server that recovers. */
async function startsDuringRecovery(stage: Stage): Promise<string> {
  const { data, port } = stage.database;
  const signal = join(data, 'standby.signal');
  await rm(join(data, 'postmaster.pid'), { force: true });
  await writeFile(signal, '');
  const options = `-c listen_addresses=127.0.0.1 -c unix_socket_directories=${data} -c port=${port} -c hot_standby=off`;
  await runProgram(
    'pg_ctl',
    ['start', '-W', '-D', data, '-l', join(data, 'server.log'), '-o', options],
    stage.folder,
  );
  while ((await codeOfConnecting(stage.database.url)) !== '57P03') await wait(50);
  const promote = () => runProgram('pg_ctl', ['promote', '-W', '-D', data], stage.folder);
  const endsRecovery = async () => {
    await wait(2_500);
    for (let isOver = false; !isOver; await wait(100))
      isOver = await promote().then(
        () => true,
        () => false,
      );
    await rm(signal, { force: true });
  };
  await Promise.all([stage.startDemo(), endsRecovery()]);
  await stage.demo!.signIn();
  return 'waited';
}

async function codeOfConnecting(connectionString: string): Promise<string | undefined> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  return client.connect().then(
    () => undefined,
    ({ code }: { code?: string }) => code,
  );
}

/** The number of a process that ended and that nobody asked how. */
async function zombieOf(stage: Stage): Promise<number> {
  const parent: ChildProcess = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 600']);
  stage.atEnd(() => parent.kill('SIGKILL'));
  const pid = Number(String((await parent.stdout!.iterator().next()).value));
  await wait(300);
  check((await readFile(`/proc/${pid}/stat`, 'utf8')).includes(') Z '), 'no zombie was made');
  return pid;
}
