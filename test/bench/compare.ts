import { readFile } from 'node:fs/promises';
import { number, type Row } from './rows.ts';
import type { Samples } from './samples.ts';

/** A row with the least and the most of what its rounds alone would have said. */
export interface SpreadRow extends Row {
  least: number;
  most: number;
}

/** How far figures go apart that are measured once in a run: memory, dependencies, bytes. */
const ONCE = 0.05;

/** The rows of a run that printed JSON into the file; what it did not measure is null there. */
export async function keptRows(file: string): Promise<SpreadRow[]> {
  const { rows } = JSON.parse(await readFile(file, 'utf8')) as { rows: SpreadRow[] };
  return rows.filter(({ value }) => value !== null);
}

export function spreadRows(samples: Samples, rowsOf: (samples: Samples) => Row[]): SpreadRow[] {
  const rounds = samples.rounds.map(rowsOf);
  return rowsOf(samples).map((row, index) => {
    const values = rounds.map((rows) => rows[index]!.value).filter((value) => !Number.isNaN(value));
    return { ...row, least: Math.min(row.value, ...values), most: Math.max(row.value, ...values) };
  });
}

/**
 * A line for each figure that is worse than in the kept run even in the best round of this one
 * beside the worst of that. Times and rates are compared as a machine as fast as now would have
 * shown them, by the limits that both runs measured.
 */
export function worseRows(kept: SpreadRow[], now: SpreadRow[]): string[] {
  const keptRows = new Map(kept.map((row) => [row.name, row]));
  const faster = speedOf(keptRows, now);
  return now.flatMap((row) => {
    const before = keptRows.get(row.name);
    if (!before || isLimit(row) || !isWorse(atSpeed(before, faster), row)) return [];
    const { value } = atSpeed(before, faster);
    return [`${row.name}: ${number(value)} became ${number(row.value)} ${row.unit}`.trimEnd()];
  });
}

function isLimit({ name }: Row): boolean {
  return name.startsWith('limit: ');
}

/** How many times as fast the machine is as in the kept run: the median of the limits. */
function speedOf(kept: Map<string, SpreadRow>, now: SpreadRow[]): number {
  const ratios = now
    .filter(isLimit)
    .map((row) => row.value / (kept.get(row.name)?.value ?? NaN))
    .filter((ratio) => Number.isFinite(ratio))
    .toSorted((a, b) => a - b);
  return ratios[ratios.length >> 1] ?? 1;
}

function atSpeed(row: SpreadRow, faster: number): SpreadRow {
  const factor = row.unit === '/s' ? faster : ['ms', 's'].includes(row.unit) ? 1 / faster : 1;
  const { value, least, most } = row;
  return { ...row, value: value * factor, least: least * factor, most: most * factor };
}

function isWorse(kept: SpreadRow, now: SpreadRow): boolean {
  const margin = kept.least === kept.most || now.least === now.most ? ONCE : 0;
  return now.more ? now.most < kept.least * (1 - margin) : now.least > kept.most * (1 + margin);
}
