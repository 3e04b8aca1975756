import { SEARCHES } from './desk-search.ts';
import { number, size, type Row } from './rows.ts';
import type { Samples } from './samples.ts';

const LISTS = {
  listFirst: 'first page',
  listLast: 'last page',
  listCommon: 'search, many found',
  listRare: 'search, one found',
};

/** What must not grow with a company. */
export function largeRows(samples: Samples): Row[] {
  const m = (name: string) => samples.median(name);
  const ms = (name: string) => `${number(m(name))} ms`;
  const people = number(m('listPeople'));
  const filled = `database ${number(m('listMib'))} MiB, filled in ${number(m('listFilled'))} s`;
  const lists = Object.entries(LISTS).flatMap(([key, name]) => [
    size(
      `account list of ${people}: ${name}, p50`,
      m(`${key}Large`),
      'ms',
      `of 1,000: ${ms(`${key}Small`)}; raw one-select ${ms('listSelect')}`,
      [10, 5],
    ),
    size(`account list of ${people} ÷ of 1,000: ${name}`, m(`${key}Ratio`), '', filled, [1.5, 1.2]),
  ]);
  const searches = Object.keys(SEARCHES).map((what) =>
    size(
      `desk search: ${what}, p50`,
      m(`search ${what}`),
      'ms',
      `slowest ${ms(`slowest ${what}`)}`,
      [50, 20],
    ),
  );
  const seconds = m('replay') / 1000;
  return [
    ...lists,
    ...searches,
    size('hostile body: longest wait of a login page', m('hostileWait'), 'ms', '', [200, 100]),
    size('replay of 100,000 sign-ins, 500 entries: page, p50', seconds, 's', '', [1]),
  ];
}
