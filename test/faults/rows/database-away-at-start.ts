import { setTimeout as wait } from 'node:timers/promises';
import { check, type Fault } from '../fault.js';

export const fault: Fault = {
  must: 'a start waits for the database up to START_WAIT_SECONDS, then ends with one sentence',
  async run(stage) {
    const { database } = stage;
    await database.stop();
    const patient = await stage.spawnApplication({ START_WAIT_SECONDS: '30' });
    await wait(3_000);
    check(patient.isRunning, `the start ended with ${patient.exitCode}`);
    await database.start();
    const began = performance.now();
    await patient.answers();
    const milliseconds = Math.round(performance.now() - began);
    await patient.stop();
    await database.stop();
    const hasty = await stage.spawnApplication({ START_WAIT_SECONDS: '2' });
    const exitCode = await hasty.ends();
    await database.start();
    const words = hasty.output.join('\n');
    check(exitCode === 1, `exit code ${exitCode}`);
    check(/does not answer \((?:ECONNREFUSED|ENOENT)\)\. Check DATABASE_URL\./.test(words), words);
    check(!/\n\s+at /.test(words), `a stack was printed: ${words}`);
    return `answered ${milliseconds} ms after the database came; else exit 1: ${hasty.output.at(-1)}`;
  },
};
