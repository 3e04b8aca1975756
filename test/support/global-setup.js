import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './sources.js';
import { createTemplate, startServer, stopServer } from './server.js';

/** One PostgreSQL server for the run, and on it one migrated database that spec files copy. */
export default async function globalSetup() {
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => void stopServer().finally(() => process.exit(130)));
  process.env.GENKAN_TEST_SERVER = process.env.DATABASE_URL || (await startServer(await folder()));
  process.env.GENKAN_TEST_TEMPLATE = `genkan_template_${process.pid}`;
  await createTemplate(process.env.GENKAN_TEST_SERVER, process.env.GENKAN_TEST_TEMPLATE);
}

async function folder() {
  const { GENKAN_TEST_FOLDER } = process.env;
  if (!GENKAN_TEST_FOLDER) return mkdtemp(join(tmpdir(), 'genkan-test-'));
  const inside = join(GENKAN_TEST_FOLDER, 'server');
  await mkdir(inside);
  return inside;
}
