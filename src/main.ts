import { enableCompileCache } from 'node:module';

enableCompileCache();
const { start } = await import('./server/start.js');
await start(process.env);
