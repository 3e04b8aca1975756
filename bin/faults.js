#!/usr/bin/env node
import { exitLike, prepare, spawnNode } from './prepare.js';

prepare();
const program = ['--disable-warning=ExperimentalWarning', '--import', './test/support/sources.js'];
exitLike(await spawnNode([...program, 'test/faults/faults.ts', ...process.argv.slice(2)]));
