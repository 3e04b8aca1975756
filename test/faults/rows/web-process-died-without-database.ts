import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { check, type Fault } from '../fault.js';

const PROCESSES = 3;
const LIVE = { path: '/health/live' };

export const fault: Fault = {
  must: 'a web process dies while the database is away: the others live, it is replaced',
  async run(stage) {
    const { database } = stage;
    const app = await stage.startApplication({
      WEB_CONCURRENCY: String(PROCESSES),
      START_WAIT_SECONDS: '2',
    });
    const cookie = await app.signIn();
    while (webProcesses(app.child.pid!).length < PROCESSES) await wait(50);
    await wait(2_000);
    const before = webProcesses(app.child.pid!);
    await database.stop();
    process.kill(before[0]!, 'SIGKILL');
    // Long enough for several replacements to give up.
    await wait(8_000);
    check(app.isRunning, `the instance ended with ${app.exitCode}`);
    const left = webProcesses(app.child.pid!).filter((pid) => before.includes(pid));
    check(left.length === PROCESSES - 1, `${left.length} of the others live`);
    const status = await app.statusOf(LIVE);
    check(status === 200, `live answers ${status}`);
    await database.start();
    const healed = Math.round(await app.until(200, { path: '/', cookie }));
    const began = performance.now();
    while (webProcesses(app.child.pid!).length < PROCESSES) {
      check(performance.now() - began < 40_000, 'it was not replaced');
      await wait(100);
    }
    const replaced = Math.round(performance.now() - began);
    const tries = app.output.filter((line) => line.includes('does not answer')).length;
    return `${left.length} others lived, ${tries} replacements gave up, healed in ${healed} ms, replaced ${replaced} ms later`;
  },
};

/** The children that run the same program. */
function webProcesses(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return stat.split(') ')[1]?.split(' ')[1] === `${parent}` && command.includes('main.js');
      } catch {
        return false;
      }
    })
    .map(Number);
}
