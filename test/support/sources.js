/** After this import, plain Node can import the TypeScript sources and the tests. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swc } from '../../bin/swc.js';

/** Where the source map of each imported file lies, by its URL. */
export const sourceMaps = new Map();

// Every command of a test is a process of its own, and would compile all sources anew.
const cache = fileURLToPath(new URL('../../node_modules/.cache/sources', import.meta.url));
const settings = JSON.stringify(swc);
const require = createRequire(import.meta.url);
mkdirSync(cache, { recursive: true });
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/code', import.meta.url)));

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\..*\.js$/.test(specifier) || !isOurs(context.parentURL))
      return next(specifier, context);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    // Node itself would look for links and packages once more: a sixth of the time of a start.
    return existsSync(source)
      ? { url: source.href, format: 'module', shortCircuit: true }
      : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || !isOurs(url)) return next(url, context);
    const file = fileURLToPath(url);
    return { format: 'module', source: compiled(url, file), shortCircuit: true };
  },
});

function isOurs(url) {
  return url !== undefined && !url.includes('/node_modules/');
}

function compiled(url, file) {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(`${settings}\0${file}\0${source}`).digest('hex');
  const kept = join(cache, `${key}.js`);
  sourceMaps.set(url, join(cache, `${key}.map`));
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { transformSync } = require('@swc/core');
  const { code, map } = transformSync(source, { ...swc, filename: file });
  write(sourceMaps.get(url), map);
  write(kept, code);
  return code;
}

/** Other processes never see half a file. */
function write(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}
