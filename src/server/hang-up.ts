/**
 * SIGHUP ends a process that does not listen for it. A service manager may send it at any time, also
 * while the start waits for the database; what it asks to be read again is read by the start anyway.
 * A terminal that closes sends it too, and ends the demo.
 */
export function outliveHangUp(environment: NodeJS.ProcessEnv): void {
  if (environment.DATABASE_URL || environment.DATABASE_URL_FILE)
    process.on('SIGHUP', () => undefined);
}
