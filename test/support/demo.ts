import type { Config } from '../../src/config.js';
import { DemoData } from '../../src/demo/demo-data.js';
import { startApp, type RunningApp } from './app.js';

/** As `npm start` runs it: mails lie in the built-in mailbox. */
export const AS_DEMO: Partial<Config> = { embedded: true, smtpUrl: undefined };

export async function startDemo(settings: Partial<Config> = {}): Promise<RunningApp> {
  const running = await startApp({ ...AS_DEMO, ...settings });
  await running.app.get(DemoData).load();
  return running;
}
