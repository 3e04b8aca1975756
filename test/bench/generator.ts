/**
 * The load, in a process of its own, so that its CPU is not counted as the application's. It only
 * ever talks to 127.0.0.1 and ends by itself.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { hotp, stepAt } from '../../src/auth/second-factor/totp.ts';
import { Connection, cookiesOf, requestBytes, type Ask, type Reply } from './connection.ts';

export interface Job {
  port: number;
  /** One after the other by every client; the first client begins with the first. */
  asks: Ask[];
  clients: number;
  seconds: number;
  /** Milliseconds between the beginnings of a client's requests; absent: without a pause. */
  every?: number;
  /** Every client comes from an address of its own, through the proxy that we are. */
  ownAddresses?: boolean;
  /** Its requests come from these, one after the other, and it does not wait where it is told to. */
  addresses?: string[];
  /** Each is the password of somebody who gives a code of this secret next; a code counts once. */
  totp?: Uint8Array;
  /** The status that counts. */
  status: number;
}

export interface Outcome {
  /** Seconds from the first request to the last answer. */
  seconds: number;
  /** Milliseconds of each answer with the wanted status, sorted. */
  times: number[];
  /** How many answers had another status. */
  others: Record<number, number>;
}

const MOST_SECONDS = 30;

process.once('message', (job: Job) => {
  void run(job).then((outcome) =>
    process.send?.(outcome, undefined, undefined, () => process.disconnect()),
  );
});
process.once('disconnect', () => process.exit(0));

async function run(job: Job): Promise<Outcome> {
  const outcome: Outcome = { seconds: 0, times: [], others: {} };
  const started = performance.now();
  const until = started + Math.min(job.seconds, MOST_SECONDS) * 1000;
  await Promise.all(
    Array.from({ length: job.clients }, (_, index) => client(job, index, until, outcome)),
  );
  outcome.seconds = (performance.now() - started) / 1000;
  outcome.times.sort((a, b) => a - b);
  return outcome;
}

async function client(job: Job, index: number, until: number, outcome: Outcome): Promise<void> {
  const address = { 'X-Forwarded-For': `203.0.113.${index + 1}` };
  const requests = job.asks.map((ask) =>
    requestBytes(job.ownAddresses ? { ...ask, headers: { ...ask.headers, ...address } } : ask),
  );
  const connection = new Connection(job.port);
  const stride = job.addresses || job.totp ? job.clients : 1;
  for (let turn = index; performance.now() < until; turn += stride) {
    const first = await connection.ask(
      job.addresses ? floodRequest(job, turn) : requests[turn % requests.length]!,
    );
    const reply = job.totp ? await giveCode(connection, first, job.totp, address) : first;
    if (reply.status === job.status) outcome.times.push(reply.milliseconds);
    else {
      outcome.others[reply.status] = (outcome.others[reply.status] ?? 0) + 1;
      if (!job.addresses)
        await pause(Math.min(secondsToWait(reply.head) * 1000, until - performance.now()));
    }
    if (job.every) await pause(job.every - reply.milliseconds);
  }
  connection.close();
}

/** In the browser that gave the password. */
async function giveCode(
  connection: Connection,
  first: Reply,
  totp: Uint8Array,
  address: Record<string, string>,
): Promise<Reply> {
  const form = { code: hotp(Buffer.from(totp), stepAt(new Date())), next: '/' };
  const headers = { ...address, Cookie: cookiesOf(first.head) };
  const path = '/login/second-factor';
  const second = await connection.ask(requestBytes({ method: 'POST', path, headers, form }));
  return { ...second, milliseconds: first.milliseconds + second.milliseconds };
}

function floodRequest({ asks, addresses = [] }: Job, turn: number): Buffer {
  const ask = asks[turn % asks.length]!;
  const address = { 'X-Forwarded-For': addresses[turn % addresses.length]! };
  return requestBytes({ ...ask, headers: { ...ask.headers, ...address } });
}

function pause(milliseconds: number): Promise<void> {
  return wait(Math.max(0, milliseconds));
}

/** A refused client comes back when it was told to. */
function secondsToWait(head: string): number {
  return Number(/\r\nretry-after: (\d+)\r\n/i.exec(head)?.[1] ?? 0);
}
