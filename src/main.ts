import { enableCompileCache } from 'node:module';
import { outliveHangUp } from './server/hang-up.js';
import { stopWhileStarting } from './server/stop-cleanly.js';

// Before anything that takes time.
outliveHangUp(process.env);
stopWhileStarting();
enableCompileCache();
const { start } = await import('./server/start.js');
await start(process.env);
