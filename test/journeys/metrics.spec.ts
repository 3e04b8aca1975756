import { register } from 'prom-client';
import { reasons } from '../../src/audit/reasons.js';
import { monitorApp } from '../../src/server/monitors.js';
import { startApp, type RunningApp } from '../support/app.js';
import { freePort } from '../support/free-port.js';
import { send } from '../support/http.js';
import { listExists } from '../support/ip-lists.js';
import { asks } from '../support/recovery.js';
import { signsIn } from '../support/registration.js';
import { expressionsOfAlerts, expressionsOfDashboard } from '../support/monitoring.js';
import { leftBehind, objectionLink, objects, takesOver } from '../support/succession.js';

const OFFICE = '198.51.100.7';
const HOME = '203.0.113.9';

/** Nobody's name fits into any of them. */
const LABELS = [
  'act',
  'age',
  'breaker',
  'cause',
  'kind',
  'lane',
  'le',
  'method',
  'queue',
  'reason',
  'route',
  'stage',
  'state',
  'status',
];

let running: RunningApp;
let scraped: string;
/** Other spec files of this process were counted before. */
let before: string;
/** What no label may hold. */
const persons: string[] = [];
beforeAll(async () => {
  before = await register.metrics();
  const metricsPort = await freePort();
  running = await startApp({ metricsPort });
  await monitorApp(running.config, running.app);
  await aDayPasses();
  const url = new URL(`http://127.0.0.1:${metricsPort}/metrics`);
  const { headers, text } = await send(url, { method: 'GET', headers: {} });
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  scraped = text;
});
afterAll(() => running.stop());

/** One of everything that the metrics tell of. */
async function aDayPasses(): Promise<void> {
  const left = await leftBehind(running);
  const { sato, suzuki, corporation } = left;
  persons.push(sato.email, sato.loginId, sato.name, suzuki.loginId, suzuki.email);
  persons.push(corporation.name, corporation.corporateNumber, corporation.id, sato.id);
  await listExists(running, corporation, ['198.51.100.0/24']);
  const person = running.visitor({ address: OFFICE });
  await signsIn(person, { ...sato, password: 'wrong-9876' });
  await signsIn(person, sato);
  await signsIn(running.visitor({ address: HOME }), sato);
  person.movesTo(HOME);
  await person.opens('/accounts');
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, sato));
  await running.mailbox.everythingIsSent();
  await running.pool.query(
    `select graphile_worker.add_job('clean-up', run_at := now() + interval '1 day')`,
  );
  running.mailbox.behaves(451);
  await asks(running.visitor(), sato.email);
  await running.mailbox.everythingIsSent();
}

function figure(series: string): number | undefined {
  const found = figureIn(scraped, series);
  const isCounter = /^genkan_\w+_(?:total|count)\b/.test(series);
  return isCounter && found !== undefined ? found - (figureIn(before, series) ?? 0) : found;
}

function figureIn(text: string, series: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('the metrics', () => {
  it.each([
    ['genkan_outcomes_total{act="sign-in",reason="done"}', 1],
    ['genkan_outcomes_total{act="sign-in",reason="password-wrong"}', 1],
    ['genkan_outcomes_total{act="sign-in",reason="address-refused"}', 1],
    ['genkan_outcomes_total{act="password-reset-request",reason="done"}', 1],
    ['genkan_outcomes_total{act="succession-application",reason="done"}', 1],
    ['genkan_outcomes_total{act="objection",reason="done"}', 1],
    ['genkan_outcomes_total{act="proof-alarm",reason="all-failures"}', 0],
    ['genkan_ip_refusals_total', 1],
    ['genkan_http_requests_total{method="POST",route="/login",status="303"}', 2],
    ['genkan_http_request_duration_seconds_count{method="POST",route="/login"}', 3],
    ['genkan_mails_current{state="deferred",reason="451"}', 1],
    ['genkan_mails_awaited_late{state="deferred"}', 0],
    ['genkan_mails_ahead_seconds{state="deferred"}', 0],
    ['genkan_faults_total', 0],
    ['genkan_cases_open{stage="objected",age="day"}', 1],
    ['genkan_desk_cases_open{kind="succession",age="day"}', 1],
    ['genkan_desk_cases_overdue{kind="succession",age="day"}', 0],
    ['genkan_corporations_unadministered', 0],
    ['genkan_second_factor_companies{kind="nobody"}', 1],
    ['genkan_second_factor_people{kind="nobody"}', 0],
    ['genkan_breaker_open{breaker="database"}', 0],
    ['genkan_stored_figures_up', 1],
  ])('have %s: %d', (series, value) => {
    expect(figure(series)).toBe(value);
  });

  it('tell the length and the time of waits and queues', () => {
    expect(figure('genkan_password_queue_waiting{queue="hash",lane="strangers"}')).toBe(0);
    const turns = ['known', 'strangers'].map(
      (lane) =>
        figure(`genkan_password_queue_wait_seconds_count{queue="hash",lane="${lane}"}`) ?? 0,
    );
    expect(turns[0]! + turns[1]!).toBeGreaterThanOrEqual(3);
    expect(figure('genkan_database_connections{state="most"}')).toBeGreaterThan(1);
    expect(figure('genkan_cases_oldest_seconds{stage="objected",age="day"}')).toBeLessThan(3600);
  });

  it('name no person and no company in any label', () => {
    const labels = [...scraped.matchAll(/^genkan_\w+\{(.+)\} /gm)].map(([, all]) => all!);
    expect(persons.every((word) => word.length > 3)).toBe(true);
    expect(persons.filter((word) => labels.join().includes(word))).toEqual([]);
    const names = new Set(labels.flatMap((all) => all.match(/\w+(?==")/g) ?? []));
    expect([...names].sort()).toEqual(LABELS);
  });
});

describe.each([
  ['the dashboard', () => expressionsOfDashboard()],
  ['the alerts', () => expressionsOfAlerts()],
])('%s', (_, expressions) => {
  it('asks for metrics and labels that exist', () => {
    const metrics = new Set([...scraped.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    const named = expressions().flatMap(
      (each) => each.match(/\b(?:genkan|nodejs|process)_\w+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(15);
    const unknown = named.filter((name) => !metrics.has(name.replace(/_bucket$/, '')));
    expect(unknown).toEqual([]);
    const asked = expressions().flatMap((each) => each.match(/\w+(?==~?"|!=")/g) ?? []);
    const labels = [...LABELS, 'instance', 'job'];
    expect(asked.filter((label) => !labels.includes(label))).toEqual([]);
  });

  it('asks for reasons of the closed list', () => {
    const named = expressions().flatMap((each) =>
      [...each.matchAll(/\breason[!=]~?"([^"]+)"/g)].flatMap(([, words]) => words!.split('|')),
    );
    const known = new Set<string>(reasons);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((reason) => !known.has(reason))).toEqual([]);
  });
});

it('each metric of ours has its place on the dashboard or in an alert', () => {
  const watched = [...expressionsOfDashboard(), ...expressionsOfAlerts()].join(' ');
  const metrics = [...scraped.matchAll(/^# TYPE (genkan_\w+)/gm)].map(([, name]) => name!);
  expect(metrics.length).toBeGreaterThan(25);
  expect(metrics.filter((name) => !new RegExp(`\\b${name}(_bucket)?\\b`).test(watched))).toEqual(
    [],
  );
});

it('what alerts see increase is there before anything happens', () => {
  const counted = expressionsOfAlerts().flatMap((each) => [
    ...each.matchAll(/increase\((\w+)(?:\{([^}]*)\})?\[/g),
  ]);
  expect(counted.length).toBeGreaterThan(4);
  for (const [, metric, labels = ''] of counted) {
    const series = before.split('\n').filter((line) => line.split(/[{ ]/)[0] === metric);
    const wanted = [...labels.matchAll(/(\w+)=~?"([^"]*)"/g)];
    const fits = (line: string) =>
      wanted.every(([, label, values]) => new RegExp(`\\b${label}="(?:${values})"`).test(line));
    expect([metric, labels, series.some(fits)]).toEqual([metric, labels, true]);
  }
});
