import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of `package.json`: the same for the sources and for what is built from them. */
export const root = findRoot(import.meta.dirname);

/** Where each module lies, wherever the build packed it. */
export const modules = join(root, import.meta.filename.endsWith('.ts') ? 'src' : 'dist/src');

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}
