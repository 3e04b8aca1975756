import { check, type Fault } from '../fault.js';
import { checkSilence } from '../silence.js';
import { checkSlots } from '../slots.js';
import { SwallowingProxy } from '../swallowing-proxy.js';

export const fault: Fault = {
  must: 'network that swallows everything: 503 + Retry-After within 5 s, healed within 2 s',
  async run(stage) {
    const { database } = stage;
    const proxy = await SwallowingProxy.start(database.port);
    stage.atEnd(() => proxy.stop());
    const url = new URL(database.url);
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    const app = await stage.startApplication({ DATABASE_URL: url.href });
    const cookie = await app.signIn();
    const seen = await checkSilence(app, cookie, {
      begins: () => proxy.swallow(),
      ends: () => proxy.passes(),
    });
    check(app.isRunning, `the process ended with ${app.exitCode}`);
    return `${seen}, ${await checkSlots(stage, app)}`;
  },
};
