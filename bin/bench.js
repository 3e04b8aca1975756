#!/usr/bin/env node
import { exitLike, prepare, spawnNode } from './prepare.js';

prepare();
const words = process.argv.slice(2);
// A day lasts long, and is made of the forms and mails of the tests; a long log fills gigabytes.
const day = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  './test/support/sources.js',
  'test/day/day.ts',
];
const program = words.includes('day')
  ? day
  : [`test/bench/${words.includes('log') ? 'log' : 'bench'}.ts`];
exitLike(await spawnNode([...program, ...words]));
