#!/usr/bin/env node
/** Compiles the sources into dist, file by file, and packs the programs. For Node 20 and later. */
import { transformFileSync } from '@swc/core';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { bundle } from './bundle.js';
import { inRoot, sourceFiles } from './prepare.js';
import { swc } from './swc.js';

const built = new Set([...sourceFiles().flatMap(build), ...(await bundle())]);
for (const file of readdirSync(inRoot('dist'), { recursive: true }))
  if (/\.(?:js|map|sql)$/.test(file) && !built.has(join('dist', file)))
    rmSync(inRoot('dist', file));

/** @returns what it wrote; nobody reads half a file of a build that fails */
function build(source) {
  const target = join('dist', source.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(inRoot(target)), { recursive: true });
  if (!source.endsWith('.ts')) {
    copyFileSync(inRoot(source), inRoot(target));
    return [target];
  }
  const { code, map } = transformFileSync(inRoot(source), swc);
  const name = basename(target);
  writeFileSync(inRoot(target), `${code}//# sourceMappingURL=${name}.map\n`);
  writeFileSync(inRoot(`${target}.map`), map);
  return [target, `${target}.map`];
}
