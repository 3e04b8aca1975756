import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';

const HOLIDAYS = join(mkdtempSync(join(tmpdir(), 'desk-')), 'holidays.txt');

let running: RunningApp;
let operator: Operator;
beforeAll(async () => {
  running = await startApp();
  operator = new Operator(running);
});
beforeEach(() => writeFileSync(HOLIDAYS, '2020-01-01\n'));
afterAll(() => running.stop());

async function findings(settings: Record<string, string> = {}): Promise<string> {
  return (await operator.typesWith(settings, 'doctor')).out;
}

it('says how due times of cases follow the hours and holidays of the desk', async () => {
  expect(await findings()).toMatch(/^ok {4}desk cases: Without DESK_HOLIDAYS_FILE/m);
  const hours = await findings({ DESK_HOURS: 'いつでもどうぞ', DESK_HOLIDAYS_FILE: HOLIDAYS });
  expect(hours).toMatch(/^warn {2}desk cases: No hours can be read from DESK_HOURS/m);
  expect(hours).toMatch(/^warn {2}desk cases: DESK_HOLIDAYS_FILE has no day from today on/m);
  await running.pool.query(
    `insert into desk_cases (case_number, kind, due_at)
     values ('LATE-CASE', 'question', genkan_now() - interval '1 minute')`,
  );
  expect(await findings()).toMatch(/^warn {2}desk cases: Cases that are overdue: 1/m);
  await running.pool.query('delete from desk_cases');
});

it('refuses to start with a file of holidays that has no days', async () => {
  writeFileSync(HOLIDAYS, '2020-01-01\n元日\n');
  expect(await findings({ DESK_HOLIDAYS_FILE: HOLIDAYS })).toMatch(
    /DESK_HOLIDAYS_FILE: must hold one day a line, .*: line 2 of/,
  );
});
