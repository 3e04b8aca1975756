/** As Node itself has it. */
const LINES_OF_A_STACK = 10;

/** The worker process itself. */
export default class PlainEnvironment {
  global = globalThis;

  getVmContext() {
    return null;
  }

  /** Jest has just asked for ten times as many lines of each error, expected ones too. */
  setup() {
    Error.stackTraceLimit = LINES_OF_A_STACK;
  }

  teardown() {}
}
