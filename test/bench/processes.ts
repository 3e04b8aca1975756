/** What the kernel knows about processes; Linux only. */
import { readFileSync, readdirSync } from 'node:fs';

/** Of /proc/<pid>/stat; the same on every Linux that Node runs on. */
const TICK_MS = 10;

interface Stat {
  pid: number;
  parent: number;
  cpu: number;
  reapedCpu: number;
}

/** CPU in milliseconds that a process has used with all its threads. */
export function cpuOf(pid: number): number {
  return statOf(pid)?.cpu ?? 0;
}

/** CPU in milliseconds of a process and of every child it has or had: a PostgreSQL server. */
export function cpuOfFamily(pid: number): number {
  const own = statOf(pid);
  const children = childrenOf(pid).map(({ cpu, reapedCpu }) => cpu + reapedCpu);
  return (own ? own.cpu + own.reapedCpu : 0) + children.reduce((sum, cpu) => sum + cpu, 0);
}

/** The child of a process whose command line ends so. */
export function childOf(pid: number, command: string): number | undefined {
  return childrenOf(pid).find((child) => readProc(child.pid, 'cmdline').includes(command))?.pid;
}

/** Resident memory in MiB; pages that several processes share count for each of them. */
export function residentOf(pid: number): number {
  return kibOf(pid, 'status', 'VmRSS') / 1024;
}

/** Resident memory in MiB, where a page that n processes share counts as an nth. */
export function proportionalOf(pid: number): number {
  return kibOf(pid, 'smaps_rollup', 'Pss') / 1024;
}

function kibOf(pid: number, file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readProc(pid, file))?.[1] ?? 0);
}

function childrenOf(pid: number): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === pid) as Stat[];
}

/** undefined for a process that has ended. */
function statOf(pid: number): Stat | undefined {
  const text = readProc(pid, 'stat');
  // The name in brackets may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 16) return undefined;
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15).map(Number);
  return {
    pid,
    parent: Number(fields[1]),
    cpu: (user + system) * TICK_MS,
    reapedCpu: (reapedUser + reapedSystem) * TICK_MS,
  };
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
