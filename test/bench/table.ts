import { markOf, number, type Row } from './rows.ts';

const TITLES = ['figure', 'measured', 'must', 'goal', '', 'beside it in the same run'];

/** The rows as text, in columns. */
export function table(rows: Row[]): string {
  const cells = [TITLES, ...rows.map(cellsOf)];
  const widths = TITLES.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join(
    '\n',
  );
}

function cellsOf(row: Row): string[] {
  const { name, value, unit, must, goal, more, beside } = row;
  const target = (bound?: number) =>
    bound === undefined ? '' : `${more ? '>=' : '<='} ${number(bound)}`;
  const measured = Number.isNaN(value) ? 'not there' : `${number(value)} ${unit}`.trim();
  return [name, measured, target(must), target(goal), markOf(row), beside];
}
