#!/usr/bin/env node
import { exitLike, prepare, spawnNode } from './prepare.js';

prepare();
exitLike(await spawnNode(['test/bench/bench.ts', ...process.argv.slice(2)]));
