import { readFileSync } from 'node:fs';

/**
 * What a JSON file of the operator holds, whatever its editor put in front of it.
 * @throws Error that says why it cannot be read
 */
export function jsonIn(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new Error(`${file} cannot be read`);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Not an array, and not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
