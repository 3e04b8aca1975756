import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holidaysIn } from '../../src/cases/holidays.js';
import {
  afterWorking,
  beforeWorking,
  beginOfWork,
  isWorkingDay,
  readOpeningHours,
  USUAL_HOURS,
  type OpeningHours,
} from '../../src/cases/opening-hours.js';

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
const at = (time: string) => new Date(`${time}+09:00`);
const NINE_TO_SIX: OpeningHours = {
  weekdays: MONDAY_TO_FRIDAY,
  parts: [{ from: 540, to: 1080 }],
};
const NO_HOLIDAYS = new Set<string>();
/** Over the turn of the year. */
const NEW_YEAR = new Set(['2026-12-31', '2027-01-01']);

it.each([
  ['平日 9時00分〜18時00分', MONDAY_TO_FRIDAY, [[540, 1080]]],
  ['平日 9:00–18:00', MONDAY_TO_FRIDAY, [[540, 1080]]],
  ['平日９：００～１７：３０', MONDAY_TO_FRIDAY, [[540, 1050]]],
  ['午前9時から午後5時半', MONDAY_TO_FRIDAY, [[540, 1050]]],
  [
    '月〜金 10:00〜12:00、13:00〜16:00（土日祝を除く）',
    MONDAY_TO_FRIDAY,
    [
      [600, 720],
      [780, 960],
    ],
  ],
  ['月曜〜土曜 9時〜17時', [1, 2, 3, 4, 5, 6], [[540, 1020]]],
  ['年中無休 0:00〜24:00', [0, 1, 2, 3, 4, 5, 6], [[0, 1440]]],
  ['weekdays, 9:00 to 18:00 (Japan time)', MONDAY_TO_FRIDAY, [[540, 1080]]],
])('reads the hours in 「%s」', (words, weekdays, parts) => {
  const read = { weekdays, parts: parts.map(([from, to]) => ({ from, to })) };
  expect(readOpeningHours(words)).toEqual(read);
});

it.each([
  'お問い合わせはメールでどうぞ',
  '18:00〜9:00',
  '平日 9:00〜18:00、土曜 9:00〜12:00',
  '9:00〜25:00',
  '',
])('reads none in 「%s」', (words) => {
  expect(readOpeningHours(words)).toBeUndefined();
});

it.each([
  // 27 November 2026 is a Friday.
  ['2026-11-27T10:00', { hours: 2 }, NO_HOLIDAYS, '2026-11-27T12:00'],
  ['2026-11-27T17:00', { hours: 2 }, NO_HOLIDAYS, '2026-11-30T10:00'],
  ['2026-11-27T16:00', { days: 1 }, NO_HOLIDAYS, '2026-11-30T16:00'],
  ['2026-11-28T12:00', { hours: 2 }, NO_HOLIDAYS, '2026-11-30T11:00'],
  ['2026-11-28T12:00', { days: 1 }, NO_HOLIDAYS, '2026-11-30T18:00'],
  ['2026-11-27T03:00', { hours: 1 }, NO_HOLIDAYS, '2026-11-27T10:00'],
  ['2026-11-27T23:59', { hours: 1 }, NO_HOLIDAYS, '2026-11-30T10:00'],
  ['2026-12-30T17:00', { hours: 2 }, NEW_YEAR, '2027-01-04T10:00'],
  ['2026-12-31T10:00', { days: 2 }, NEW_YEAR, '2027-01-05T18:00'],
])('from %s, %j later is over weekends and holidays', (start, time, holidays, end) => {
  expect(afterWorking(at(start), time, NINE_TO_SIX, holidays)).toEqual(at(end));
});

it.each([
  ['2026-11-27T15:00', NO_HOLIDAYS, '2026-11-27T14:00'],
  ['2026-11-30T10:00', NO_HOLIDAYS, '2026-11-30T09:00'],
  ['2026-11-30T09:20', NO_HOLIDAYS, '2026-11-27T17:20'],
  ['2026-11-29T12:00', NO_HOLIDAYS, '2026-11-27T17:00'],
  ['2027-01-04T03:00', NEW_YEAR, '2026-12-30T17:00'],
])('an hour of work is left until %s', (end, holidays, start) => {
  expect(beforeWorking(at(end), { hours: 1 }, NINE_TO_SIX, holidays)).toEqual(at(start));
});

it('leaves out the break at noon', () => {
  const parts = [
    { from: 600, to: 720 },
    { from: 780, to: 960 },
  ];
  const hours = { weekdays: MONDAY_TO_FRIDAY, parts };
  expect(afterWorking(at('2026-11-27T11:30'), { hours: 1 }, hours, NO_HOLIDAYS)).toEqual(
    at('2026-11-27T13:30'),
  );
});

it('comes to an end where no day is left', () => {
  const never = { weekdays: [], parts: USUAL_HOURS.parts };
  expect(afterWorking(at('2026-11-27T10:00'), { hours: 1 }, never, NO_HOLIDAYS)).toEqual(
    at('2026-11-27T11:00'),
  );
});

it('knows the days of work and when they begin', () => {
  expect(isWorkingDay('2026-11-27', NINE_TO_SIX, NO_HOLIDAYS)).toBe(true);
  expect(isWorkingDay('2026-11-28', NINE_TO_SIX, NO_HOLIDAYS)).toBe(false);
  expect(isWorkingDay('2027-01-01', NINE_TO_SIX, NEW_YEAR)).toBe(false);
  expect(beginOfWork('2026-11-27', NINE_TO_SIX)).toEqual(at('2026-11-27T09:00'));
});

describe('the file of holidays', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'holidays-')), 'holidays.txt');
  const holds = (content: string) => writeFileSync(file, content);

  it('has one day a line, whatever ends the lines', () => {
    holds('\uFEFF2027-01-01\r\n\r\n2027-01-11 \n');
    expect([...holidaysIn(file)]).toEqual(['2027-01-01', '2027-01-11']);
  });

  it.each(['2027/01/01', '2027-02-31', '元日', '2027-01-01 元日'])(
    'is refused for 「%s」',
    (line) => {
      holds(`2027-01-01\n${line}\n`);
      expect(() => holidaysIn(file)).toThrow('line 2');
    },
  );

  it('is refused when it is not there', () => {
    expect(() => holidaysIn(`${file}.none`)).toThrow('cannot be read');
  });
});
