import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { HashRate, Library } from './raw-hash.ts';
import type { RawServer } from './raw-server.ts';

/** A server to compare with; it stays for the whole run and idles between its rounds. */
export interface Limit {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

export async function startLimit(kind: RawServer, databaseUrl = ''): Promise<Limit> {
  const child = fork(new URL('./raw-server.ts', import.meta.url), [kind, databaseUrl]);
  const port = await firstMessage<number>(child);
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { pid: child.pid!, port, stop };
}

/** undefined where the library is not installed: one of them is optional. */
export async function hashRate(library: Library, seconds: number): Promise<HashRate | undefined> {
  const file = new URL('./raw-hash.ts', import.meta.url);
  const child = fork(file, [library, String(seconds)], { stdio: 'ignore' });
  return firstMessage<HashRate>(child).catch(() => undefined);
}

async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ])) as [T];
  return message;
}
