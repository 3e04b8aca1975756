import { check, type Fault } from '../fault.js';
import { checkSilence } from '../silence.js';
import { checkSlots } from '../slots.js';

export const fault: Fault = {
  must: 'PostgreSQL stopped by SIGSTOP: 503 + Retry-After within 5 s, healed within 2 s',
  async run(stage) {
    const { database } = stage;
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const seen = await checkSilence(app, cookie, {
      begins: () => database.signalAll('SIGSTOP'),
      ends: () => database.signalAll('SIGCONT'),
    });
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    return `${seen}, ${await checkSlots(stage, app)}`;
  },
};
