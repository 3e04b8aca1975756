import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from './config-values.js';

/** The text of a variable: its own, or that of the file that `NAME_FILE` names. */
export function textOf(
  environment: Record<string, string | undefined>,
  name: string,
): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') return environment[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`the file that ${name}_FILE names cannot be read`);
  }
}

/** The demo's secret is made once and stays in `DATA_DIR`, so that a restart voids nothing. */
export function demoSecret(dataDir: string): Buffer {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secret.key');
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return secret(readFileSync(file, 'utf8'));
}
