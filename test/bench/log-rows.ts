import { number, size, type Row } from './rows.ts';
import type { Samples } from './samples.ts';

const VIEWS = {
  logFirst: 'first page',
  logDeep: 'deep page',
  logPerson: 'of one person',
  logRare: 'of a rare kind',
  logAddress: 'from one address',
  logDays: 'of one day',
  logBoth: 'of one person and one kind',
};

/** What must not grow with a log. */
export function logRows(samples: Samples): Row[] {
  const m = (name: string) => samples.median(name);
  const rows = number(m('logRows'));
  const filled = `${number(m('logRowBytes'))} B a row, ${number(m('logIndexBytes'))} of them indexes; filled in ${number(m('logFilled'))} s`;
  return Object.entries(VIEWS).flatMap(([key, name]) => [
    size(
      `log of ${rows} rows: ${name}, p50 of the statement`,
      m(`${key}Large`),
      'ms',
      `CPU ${number(m(`${key}LargeCpu`))} ms; of 1,000: ${number(m(`${key}Small`))} ms, CPU ${number(m(`${key}SmallCpu`))} ms`,
      [5],
    ),
    size(`log of ${rows} ÷ of 1,000: ${name}`, m(`${key}Ratio`), '', filled, [1.2]),
  ]);
}
