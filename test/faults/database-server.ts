import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EmbeddedPostgres } from '../../src/database/embedded.js';
import { quietPort } from './quiet-port.js';

/** A PostgreSQL server that a fault may do anything to. It keeps its port. */
export class DatabaseServer {
  private constructor(
    private readonly folder: string,
    private readonly server: EmbeddedPostgres,
    readonly url: string,
  ) {}

  /** @param folder where the cluster lies */
  static async start(folder: string, settings: Record<string, string> = {}) {
    const port = String(await quietPort());
    const server = new EmbeddedPostgres(folder, { ...settings, port });
    return new DatabaseServer(folder, server, await server.start());
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Where the cluster lies. */
  get data(): string {
    return join(this.folder, 'postgres');
  }

  /** The process of the server itself. */
  async pid(): Promise<number> {
    return Number.parseInt(await readFile(join(this.data, 'postmaster.pid'), 'utf8'), 10);
  }

  /** As `pg_ctl stop -m fast`. */
  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** On the same port, maybe with other settings. */
  async start(settings: Record<string, string> = {}): Promise<void> {
    await new EmbeddedPostgres(this.folder, { ...settings, port: String(this.port) }).start();
  }

  /** Sends a signal to the server's process and to those of all connections. */
  async signalAll(signal: NodeJS.Signals): Promise<void> {
    const pid = await this.pid();
    const tasks = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const one of [pid, ...tasks.trim().split(' ').map(Number)]) process.kill(one, signal);
  }

  /** As when the machine loses its power; resolves when the processes are gone. */
  async crash(): Promise<void> {
    const pid = await this.pid();
    await this.signalAll('SIGKILL');
    while (isAlive(pid)) await wait(20);
  }

  async remove(): Promise<void> {
    await this.signalAll('SIGCONT').catch(() => undefined);
    await this.server.stop();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
