/** Whether a stranger can tell from the time of an answer who exists, and which numbers are right. */
import { setTimeout as wait } from 'node:timers/promises';
import { Connection, requestBytes } from './connection.ts';
import {
  alarm,
  CASES_BY_MAIL,
  casesOnPages,
  forgetPairs,
  prepareEqual,
  SIGN_INS,
  type EqualCase,
} from './equal-cases.ts';
import { number, size, type Row } from './rows.ts';
import type { Samples } from './samples.ts';
import type { Stage } from './stage.ts';

const ROUNDS = 600;
const OF_A_QUICK_RUN = 150;
const WARM_UP = 15;
/** A busy machine does fewer rounds, and says what chance alone does to them. */
const WITHIN_MS = { pages: 150_000, mail: 60_000 };
/** A job may follow an answer: the next ask is of any case, so that it meets none more often. */
const PAUSE_MS = 8;
const LIMIT = 0.05;
/** Standard deviations that chance alone exceeds once in a hundred cases. */
const CHANCE = 2.58;

/** The milliseconds of each kind. */
type Times = [number[], number[]];

interface Run {
  port: number;
  rounds: number;
  withinMs: number;
  /** Before each round. */
  before?: () => Promise<unknown>;
}

export async function measureEqualTimes(
  stage: Stage,
  samples: Samples,
  { quick }: { quick?: boolean | undefined },
): Promise<void> {
  const { port } = stage.application;
  const rounds = WARM_UP + (quick ? OF_A_QUICK_RUN : ROUNDS);
  await prepareEqual(stage, rounds);
  const onPages = await casesOnPages(stage);
  console.error(`bench: equal times of ${SIGN_INS.length + onPages.length} cases …`);
  const run = { port, rounds, withinMs: WITHIN_MS.pages };
  const measured = await Promise.all([
    ...SIGN_INS.map((one) => timesOf([one], run)),
    timesOf(onPages, { ...run, before: () => forgetPairs(stage) }),
  ]);
  console.error(`bench: equal times of ${CASES_BY_MAIL.length} cases by mail …`);
  await alarm(stage);
  measured.push(await timesOf(CASES_BY_MAIL, { port, rounds, withinMs: WITHIN_MS.mail }));
  for (const [name, times] of measured.flatMap((some) => [...some]))
    samples.add({ [`${name} auc`]: rankAuc(...times), [`${name} pairs`]: times[0].length });
}

export function equalRows(samples: Samples): Row[] {
  const names = Object.keys(samples.all).filter((name) => name.endsWith(' auc'));
  return names.map((figure) => {
    const name = figure.slice(0, -' auc'.length);
    const [auc, pairs] = [samples.median(figure), samples.median(`${name} pairs`)];
    const chance = CHANCE / Math.sqrt(6 * pairs);
    const beside = `AUC ${auc.toFixed(3)} of ${number(pairs)} pairs; chance alone up to ${number(chance)}`;
    const must = Math.max(LIMIT, chance);
    return size(`equal times, rank AUC − ½, ${name}`, Math.abs(auc - 0.5), '', beside, [must]);
  });
}

/** All kinds of all cases in a new order each round, so that whatever else the machine does meets all alike. */
async function timesOf(
  cases: EqualCase[],
  { port, rounds, withinMs, before }: Run,
): Promise<Map<string, Times>> {
  const times = new Map(cases.map(({ name }): [string, Times] => [name, [[], []]]));
  const asks = cases.flatMap((one) => ([0, 1] as const).map((which) => ({ ...one, which })));
  const connection = new Connection(port);
  const until = performance.now() + withinMs;
  for (let round = 1; round <= rounds && performance.now() < until; round += 1) {
    await before?.();
    for (const { name, kinds, which, status } of shuffled(asks)) {
      const headers = { 'X-Forwarded-For': newAddress() };
      const ask = kinds[which](round);
      const bytes = requestBytes({ ...ask, headers: { ...ask.headers, ...headers } });
      const answer = await connection.ask(bytes);
      if (answer.status !== status) throw new Error(`${name} was answered by ${answer.status}`);
      if (round > WARM_UP) times.get(name)![which].push(answer.milliseconds);
      await wait(PAUSE_MS);
    }
  }
  connection.close();
  return times;
}

function shuffled<T>(all: T[]): T[] {
  const keyed = all.map((one) => ({ one, key: Math.random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
}

/** How often one of the first took longer than one of the second: a half where they are alike. */
function rankAuc(first: number[], second: number[]): number {
  const wins = (one: number) =>
    second.reduce((sum, other) => sum + (one > other ? 1 : one === other ? 0.5 : 0), 0);
  return first.reduce((sum, one) => sum + wins(one), 0) / (first.length * second.length);
}

let networks = 0;

/** Each ask comes from a network of its own. */
function newAddress(): string {
  networks += 1;
  return `172.${networks >> 8}.${networks & 255}.7`;
}
