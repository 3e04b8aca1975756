/** After this import, plain Node can import the TypeScript sources, as Jest can inside of spec files. */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swc } from './swc.js';

registerHooks({
  resolve(specifier, context, next) {
    if (!/^\..*\.js$/.test(specifier) || !context.parentURL) return next(specifier, context);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    return next(existsSync(source) ? source.href : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...swc, filename: file });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
