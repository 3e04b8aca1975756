import { availableParallelism, cpus, loadavg } from 'node:os';
import { spreadRows, worseRows, type SpreadRow } from './compare.ts';
import type { Weight } from './dependencies.ts';
import { equalRows } from './equal-times.ts';
import { floodRows } from './flood-rows.ts';
import { largeRows } from './large-rows.ts';
import { logRows } from './log-rows.ts';
import { markOf, number, rowsOf } from './rows.ts';
import type { Samples } from './samples.ts';
import { table } from './table.ts';

interface Run {
  samples: Samples;
  weights: Weight[];
  rounds: number;
  /** Rows of the run to compare with. */
  kept: SpreadRow[] | undefined;
  json: boolean | undefined;
  /** Whether the run measured some parts only. */
  only: boolean;
}

/** Prints the figures; a figure that is worse than in the kept run makes the exit code 1. */
export function report({ samples, weights, rounds, kept, json, only }: Run): void {
  const all = spreadRows(samples, (some) => [
    ...rowsOf(some, weights),
    ...largeRows(some),
    ...equalRows(some),
    ...floodRows(some),
    ...(samples.has('logRows') ? logRows(some) : []),
  ]);
  const rows = all.filter(({ value }) => !only || !Number.isNaN(value));
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${number(loadavg()[0]!)}`;
  const left = Math.round(shareLeft(samples) * 100);
  const others = `Other programs left ${left} % of the cores to the raw hash${left < 85 ? ': too little to judge rates and times by' : ''}.`;
  const note = `Medians of ${rounds} rounds. Servers, PostgreSQL and the load generator share ${machine}.\n${Number.isNaN(left) ? '' : others}`;
  if (json) {
    const marked = rows.map((row) => ({ ...row, mark: markOf(row) }));
    console.log(JSON.stringify({ machine, left, rows: marked, samples: samples.all }, null, 2));
  } else console.log(`\n${table(rows)}\n\n${note}`);
  if (kept) reportWorse(worseRows(kept, rows));
}

/** Which part of all cores the best raw hash got while it ran alone, as far as we are concerned. */
function shareLeft(samples: Samples): number {
  const [rate, cpu] = [samples.median('bestHashRate'), samples.median('bestHashCpu')];
  return (rate * cpu) / (availableParallelism() * 1000);
}

function reportWorse(worse: string[]): void {
  if (worse.length === 0) return console.error('\nNothing is worse than in the kept run.');
  console.error(`\nWorse than in the kept run:\n${worse.join('\n')}`);
  process.exitCode = 1;
}
