#!/usr/bin/env node
import { prepare, run } from './prepare.js';

prepare();
await run('dist/src/cli.js', process.argv.slice(2));
