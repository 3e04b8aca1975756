/**
 * Takes the place of Jest's module loader: spec files are plain modules of the worker process, so
 * that all modules load once for a worker and not once for a spec file. Nothing is mocked here, and
 * each spec file starts an application, a database and a mailbox of its own.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { sourceMaps } from './sources.js';

const require = createRequire(import.meta.url);
const HANDLERS = Symbol.for('EVENT_HANDLERS');

export default class PlainRuntime {
  /** Jest's own description of tests: as new for each spec file. */
  requireInternalModule(file) {
    delete globalThis[HANDLERS];
    delete require.cache[file];
    return require(file);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(file) {
    return import(pathToFileURL(file).href);
  }

  requireModule(file) {
    return require(file);
  }

  getSourceMaps() {
    return sourceMaps;
  }

  setGlobalsForRuntime() {}
  enterTestCode() {}
  leaveTestCode() {}
  getAllCoverageInfoCopy() {}
  teardown() {}
}
