/** The measurements of one round. A figure and its limit follow each other within seconds. */
import { signIns, type Application } from './application.ts';
import type { Ask } from './connection.ts';
import type { FactorPeople } from './factor-people.ts';
import { hashRate, type Limit } from './limits.ts';
import { load, type Job, type Load } from './load.ts';
import { cpuOf, cpuOfFamily } from './processes.ts';
import type { Samples } from './samples.ts';

const CLIENTS = 16;
const STORM_CLIENTS = 64;
/** By then V8 has compiled most of what a sign-in runs, as in a process that is up for a day. */
const SIGN_INS_TO_WARM_UP = 2_500;
/** Milliseconds between the pages that somebody opens during a storm. */
const PROBE_EVERY = 10;

export interface Bench {
  application: Application;
  postgresPid: number;
  limits: Record<'http' | 'express' | 'select', Limit>;
  /** The `Cookie` header of somebody who is signed in. */
  cookie: string;
  factorPeople: FactorPeople;
  samples: Samples;
  /** How long a usual measurement lasts. */
  seconds: number;
}

export async function pages({ application, limits, samples, seconds }: Bench): Promise<void> {
  const [root, login] = [{ path: '/' }, { path: '/login' }];
  const http = await askedAt(limits.http, root, seconds);
  const express = await askedAt(limits.express, root, seconds);
  const page = await askedAt(application, login, seconds);
  samples.add({
    httpRate: http.load.rate,
    httpCpu: http.cpu,
    expressRate: express.load.rate,
    expressCpu: express.cpu,
    loginPageRate: page.load.rate,
    loginPageCpu: page.cpu,
    loginPageShare: page.load.rate / express.load.rate,
  });
}

export async function signedIn(bench: Bench): Promise<void> {
  const { application, limits, samples, seconds, cookie, postgresPid } = bench;
  const top = { path: '/', headers: { Cookie: cookie } };
  const select = await askedAt(limits.select, { path: '/' }, seconds);
  const before = cpuOfFamily(postgresPid);
  const page = await askedAt(application, top, seconds);
  const database = cpuOfFamily(postgresPid) - before;
  const lonelySelect = await askedAt(limits.select, { path: '/' }, seconds / 2, 1);
  const lonely = await askedAt(application, top, seconds, 1);
  samples.add({
    selectRate: select.load.rate,
    selectCpu: select.cpu,
    topRate: page.load.rate,
    topCpu: page.cpu,
    topDatabaseCpu: database / page.load.count,
    topShare: page.load.rate / select.load.rate,
    selectAlone: lonelySelect.load.percentile(0.5),
    topAlone: lonely.load.percentile(0.5),
  });
}

/** Beside the hash, the first sign-ins of a process cost half as much again as all later ones. */
export async function warmUpSignIns({ application, factorPeople, seconds }: Bench): Promise<void> {
  const { asks, secret: totp } = factorPeople;
  for (let done = 0; done < SIGN_INS_TO_WARM_UP;) {
    const plain = await signInsAt(application, CLIENTS, seconds);
    await factorPeople.renew();
    const withCode = await signInsAt(application, CLIENTS, seconds, { asks, totp });
    done += plain.count + withCode.count;
  }
}

export async function logins(bench: Bench): Promise<void> {
  const { application, samples, seconds } = bench;
  const portable = await hashRate('argon2', seconds);
  const accelerated = await hashRate('@node-rs/argon2', seconds);
  const best = accelerated && accelerated.rate > (portable?.rate ?? 0) ? accelerated : portable;
  if (!best) throw new Error('No hash library works');
  if (portable) samples.add({ portableRate: portable.rate, portableCpu: portable.cpu });
  if (accelerated)
    samples.add({ acceleratedRate: accelerated.rate, acceleratedCpu: accelerated.cpu });
  const { load: done, ...each } = await withCpu(bench, () =>
    signInsAt(application, CLIENTS, 2 * seconds),
  );
  samples.add({
    bestHashRate: best.rate,
    bestHashCpu: best.cpu,
    loginRate: done.rate,
    loginShare: done.rate / best.rate,
    loginApplicationCpu: each.application,
    loginDatabaseCpu: each.database,
    loginBesideCpu: each.application + each.database,
    loginHashCpu: each.hash,
    loginHashExtraCpu: each.hash - best.cpu,
    loginP99: done.percentile(0.99),
    loginQueueShare: done.percentile(0.99) / ((CLIENTS * 1000) / best.rate),
  });
  await loginsWithFactor(bench, best.rate);
}

/** Password, code, session: with the raw hash of the sign-ins before them. */
async function loginsWithFactor(bench: Bench, bestHashRate: number): Promise<void> {
  const { application, factorPeople, samples, seconds } = bench;
  const { asks, secret: totp } = factorPeople;
  await factorPeople.renew();
  const { load: done, ...each } = await withCpu(bench, () =>
    signInsAt(application, CLIENTS, 2 * seconds, { asks, totp }),
  );
  samples.add({
    factorRate: done.rate,
    factorShare: done.rate / bestHashRate,
    factorApplicationCpu: each.application,
    factorDatabaseCpu: each.database,
    factorBesideCpu: each.application + each.database,
    factorP50: done.percentile(0.5),
  });
}

/** A load, and what each of its answers cost every part in CPU milliseconds. */
async function withCpu({ application, postgresPid }: Bench, run: () => Promise<Load>) {
  const cpuNow = () => ({
    application: cpuOf(application.pid),
    database: cpuOfFamily(postgresPid),
    hash: cpuOf(application.hashPid),
  });
  const before = cpuNow();
  const done = await run();
  const after = cpuNow();
  const each = (part: keyof typeof before) => (after[part] - before[part]) / done.count;
  return {
    load: done,
    application: each('application'),
    database: each('database'),
    hash: each('hash'),
  };
}

export async function storm({ application, samples, seconds }: Bench): Promise<void> {
  const best = await hashRate('@node-rs/argon2', seconds / 2).then(
    async (found) => found ?? (await hashRate('argon2', seconds / 2))!,
  );
  const quiet = await probe(application, seconds);
  const [probed, done] = await Promise.all([
    probe(application, 2 * seconds),
    signInsAt(application, STORM_CLIENTS, 2 * seconds),
  ]);
  samples.add({
    quietP50: quiet.percentile(0.5),
    quietP99: quiet.percentile(0.99),
    stormP50: probed.percentile(0.5),
    stormP99: probed.percentile(0.99),
    stormSlowdown: probed.percentile(0.99) / quiet.percentile(0.99),
    stormRate: done.rate,
    stormShare: done.rate / best.rate,
    stormRefused: (done.others[503] ?? 0) / done.seconds,
    stormOthers: Object.entries(done.others).reduce((n, [s, c]) => (s === '503' ? n : n + c), 0),
  });
}

/** Load of one server, and the CPU milliseconds of its process for each answer. */
async function askedAt(
  { port, pid }: { port: number; pid: number },
  ask: Ask,
  seconds: number,
  clients = CLIENTS,
): Promise<{ load: Load; cpu: number }> {
  const before = cpuOf(pid);
  const done = await load({ port, asks: [ask], clients, seconds, status: 200 });
  return { load: done, cpu: (cpuOf(pid) - before) / done.count };
}

function signInsAt(
  { port }: Application,
  clients: number,
  seconds: number,
  of: Pick<Job, 'asks' | 'totp'> = { asks: signIns },
): Promise<Load> {
  return load({ port, ...of, clients, seconds, ownAddresses: true, status: 303 });
}

function probe({ port }: Application, seconds: number): Promise<Load> {
  const asks = [{ path: '/login' }];
  return load({ port, asks, clients: 1, seconds, every: PROBE_EVERY, status: 200 });
}
