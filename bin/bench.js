#!/usr/bin/env node
import { exitLike, prepare, spawnNode } from './prepare.js';

prepare();
const words = process.argv.slice(2);
// A day lasts long, and is made of the forms and mails of the tests.
const program = words.includes('day')
  ? [
      '--disable-warning=ExperimentalWarning',
      '--import',
      './test/support/sources.js',
      'test/day/day.ts',
    ]
  : ['test/bench/bench.ts'];
exitLike(await spawnNode([...program, ...words]));
