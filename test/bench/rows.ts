import type { Weight } from './dependencies.ts';
import type { Samples } from './samples.ts';

/** One line of the table. Less is better unless `more` says otherwise. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  /** The physical limit of the same run, or what the figure is made of. */
  beside: string;
  must?: number;
  goal?: number;
  more?: boolean;
}

export type Mark = 'goal' | 'ok' | 'short' | '';

export function markOf({ value, must, goal, more }: Row): Mark {
  const reaches = (target: number) => (more ? value >= target : value <= target);
  if (goal !== undefined && reaches(goal)) return 'goal';
  if (must === undefined) return '';
  return reaches(must) ? 'ok' : 'short';
}

export function rowsOf(samples: Samples, dependencies: Weight[]): Row[] {
  const m = (name: string) => samples.median(name);
  const ms = (name: string) => `${number(m(name))} ms`;
  const perSecond = (name: string) => `${number(m(name))}/s`;
  const limit = (name: string, key: string): Row => ({
    name,
    value: m(`${key}Rate`),
    unit: '/s',
    beside: `CPU ${ms(`${key}Cpu`)}`,
  });
  return [
    limit('limit: raw node:http, 4 KB page', 'http'),
    limit('limit: raw Express 5, 4 KB page', 'express'),
    limit('limit: one-row select behind node:http', 'select'),
    limit('limit: Argon2id of @node-rs/argon2', 'accelerated'),
    limit('limit: Argon2id of argon2', 'portable'),
    {
      name: 'login page: CPU',
      value: m('loginPageCpu'),
      unit: 'ms',
      beside: `raw Express ${ms('expressCpu')}`,
      must: 0.2,
      goal: 0.13,
    },
    {
      name: 'login page ÷ raw Express',
      value: m('loginPageShare'),
      unit: '',
      beside: perSecond('loginPageRate'),
    },
    {
      name: 'signed-in page ÷ raw one-select',
      value: m('topShare'),
      unit: '',
      beside: `${perSecond('topRate')}; CPU ${ms('topCpu')} + PostgreSQL ${ms('topDatabaseCpu')}`,
      must: 0.33,
      goal: 0.5,
      more: true,
    },
    {
      name: 'signed-in page, one client p50',
      value: m('topAlone'),
      unit: 'ms',
      beside: `raw one-select ${ms('selectAlone')}`,
      must: 0.9,
      goal: 0.6,
    },
    ...loginRows(m, ms, perSecond),
    ...stormRows(m, ms, perSecond),
    ...standingRows(m, dependencies),
  ];
}

type Show = (name: string) => string;

function loginRows(m: (name: string) => number, ms: Show, perSecond: Show): Row[] {
  return [
    {
      name: 'logins at 16 clients ÷ best raw hash rate',
      value: m('loginShare'),
      unit: '',
      beside: `${perSecond('loginRate')} of ${perSecond('bestHashRate')}`,
      must: 0.85,
      goal: 0.9,
      more: true,
    },
    {
      name: 'CPU beside the hash per login',
      value: m('loginBesideCpu'),
      unit: 'ms',
      beside: `app ${ms('loginApplicationCpu')} + PostgreSQL ${ms('loginDatabaseCpu')}`,
      must: 3,
      goal: 2,
    },
    {
      name: 'sign-in with TOTP: CPU beside the hash',
      value: m('factorBesideCpu'),
      unit: 'ms',
      beside: `app ${ms('factorApplicationCpu')} + PostgreSQL ${ms('factorDatabaseCpu')}; without ${ms('loginBesideCpu')}`,
    },
    {
      name: 'sign-ins with TOTP at 16 clients ÷ best raw hash rate',
      value: m('factorShare'),
      unit: '',
      beside: `${perSecond('factorRate')} of ${perSecond('bestHashRate')}; p50 ${ms('factorP50')}`,
    },
    {
      name: 'hash process: CPU per login',
      value: m('loginHashCpu'),
      unit: 'ms',
      beside: `${ms('loginHashExtraCpu')} more than the raw hash`,
    },
    {
      name: 'p99 of a login at 16 ÷ ideal queue time',
      value: m('loginQueueShare'),
      unit: '',
      beside: ms('loginP99'),
      must: 1.4,
      goal: 1.25,
    },
  ];
}

function stormRows(m: (name: string) => number, ms: Show, perSecond: Show): Row[] {
  return [
    {
      name: 'storm of 64 logins: login page p50',
      value: m('stormP50'),
      unit: 'ms',
      beside: `quiet ${ms('quietP50')}`,
      must: 5,
    },
    {
      name: 'storm of 64 logins: login page p99',
      value: m('stormP99'),
      unit: 'ms',
      beside: `quiet ${ms('quietP99')}, ${number(m('stormSlowdown'))} times`,
      must: 40,
      goal: 2 * m('quietP99'),
    },
    {
      name: 'storm of 64 logins ÷ best raw hash rate',
      value: m('stormShare'),
      unit: '',
      beside: `${perSecond('stormRate')}; 503 ${perSecond('stormRefused')}; others ${m('stormOthers')}`,
      must: 0.8,
      more: true,
    },
  ];
}

function standingRows(m: (name: string) => number, dependencies: Weight[]): Row[] {
  const heaviest = dependencies
    .slice(0, 5)
    .map(({ name, mib }) => `${name} ${number(mib)}`)
    .join(', ');
  const apart = (when: string) =>
    `app ${number(m(`${when}App`))} + hash process ${number(m(`${when}Hash`))}; shared pages once: ${number(m(`${when}Shared`))}`;
  const total = (when: string) => m(`${when}App`) + m(`${when}Hash`);
  const embedded = `${number(m('startEmbedded') / 1000)} s with the embedded PostgreSQL`;
  return [
    size('start to first 200 (built, migrated)', m('start') / 1000, 's', embedded, [0.9, 0.5]),
    size('memory idle, RSS', total('idle'), 'MiB', apart('idle'), [140, 120]),
    size('memory after the storm, RSS', total('stormed'), 'MiB', apart('stormed'), [220, 180]),
    size('production dependencies', m('dependencies'), 'MiB', heaviest, [80, 50]),
    size('login page, first visit: on the wire', m('visitBytes') / 1024, 'KiB', '', [30, 20]),
    size('login page, first visit: requests', m('visitRequests'), '', '', [4]),
  ];
}

export function size(
  name: string,
  value: number,
  unit: string,
  beside: string,
  [must, goal]: number[],
): Row {
  return { name, value, unit, beside, ...(must && { must }), ...(goal && { goal }) };
}

/** Three digits that mean something. */
export function number(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(Math.abs(value) >= 10 ? 3 : 2);
}
