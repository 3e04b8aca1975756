import { randomBytes } from 'node:crypto';

const WEB_PROCESS = /^genkan web ([\da-f]{8}) of (\d+)$/;

/**
 * How a web process names its connections to the server, so that `genkan doctor` can count the
 * processes on one machine and behind a pooler.
 * @param connections the most that its pool opens
 */
export function newWebProcessName(connections: number): string {
  return `genkan web ${randomBytes(4).toString('hex')} of ${connections}`;
}

/** Undefined for connections of others. */
export function webProcessOf(name: string): { id: string; connections: number } | undefined {
  const [, id, connections] = WEB_PROCESS.exec(name) ?? [];
  return id ? { id, connections: Number(connections) } : undefined;
}
