import { enableCompileCache } from 'node:module';
import { outliveHangUp } from './server/hang-up.js';

// Before anything that takes time.
outliveHangUp(process.env);
enableCompileCache();
const { start } = await import('./server/start.js');
await start(process.env);
