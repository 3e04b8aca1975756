/** The worker process itself. */
export default class PlainEnvironment {
  global = globalThis;

  getVmContext() {
    return null;
  }

  setup() {}
  teardown() {}
}
