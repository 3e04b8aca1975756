import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { portOfServerOn } from '../../../src/database/postmaster.js';
import { Application } from '../application.js';
import { check, type Fault } from '../fault.js';

const HELD_AGAIN_MS = 2_000;

/** The demo is started twice in one DATA_DIR, on two ports. */
export const fault: Fault = {
  must: 'embedded: a second start in one DATA_DIR is refused in a sentence; what kill -9 left is taken over',
  async run(stage) {
    await stage.database.stop();
    const first = await stage.startDemo();
    await isRefusedBeside(first, stage.folder);
    await crashOnce(await stage.database.pid());
    await first.until(303, { path: '/password-reset', form: { email: 'sato@minato.example' } });
    await wait(HELD_AGAIN_MS);
    await isRefusedBeside(first, stage.folder);
    await first.signIn();
    await first.kill();
    const second = await stage.startDemo();
    await second.signIn();
    check((await second.stop()) === 0, 'it does not stop');
    check((await portOfServerOn(stage.database.data)) === undefined, 'its database still runs');
    return 'the second start was refused, also after a crash of the database; a killed one was taken over';
  },
};

async function isRefusedBeside(first: Application, folder: string): Promise<void> {
  const beside = await Application.spawn({ DATA_DIR: folder });
  check((await beside.ends()) === 1, `it ended with ${beside.exitCode}`);
  const words = beside.output.find((line) => line.startsWith('Another Genkan works on')) ?? '';
  const isNamed = words.includes(`process ${first.child.pid}, port ${first.port}.`);
  check(isNamed, `it said ${beside.output.join('\n')}`);
}

/** The server ends all of its connections when it finds one of its processes dead, and goes on. */
async function crashOnce(server: number): Promise<void> {
  const children = await readFile(`/proc/${server}/task/${server}/children`, 'utf8');
  process.kill(Number(children.trim().split(' ').at(-1)), 'SIGKILL');
}
