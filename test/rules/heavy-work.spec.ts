import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ServiceUnavailableException,
  type ExecutionContext,
  type StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { HeavyWork } from '../../src/limits/heavy-work.js';
import { Download, GivesFile } from '../../src/web/downloads.js';
import type { Visit } from '../../src/web/visit.js';

/** Of the processor: on a busy machine it takes longer by the clock, never less. */
const COST_MS = 60;

function work() {
  const before = process.cpuUsage();
  for (let used = 0; used < COST_MS * 1000;) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

/** Posts of people of companies, each of which keeps the processor busy. */
function stage() {
  const posts = new HeavyWork(new Reflector());
  const begun: { who: string; at: number }[] = [];
  const post = (company: string, person: string) => {
    const response = new EventEmitter();
    let isGone = false;
    const hangsUp = () => {
      isGone = true;
      response.emit('close');
    };
    const visit = { isGone: () => isGone } as Visit;
    const source = { isKnown: true, network: company, client: person, actor: 'session' };
    const turn = posts.turnOf(source, visit, response as unknown as Response);
    const over = turn(
      () => Promise.resolve('body'),
      async () => {
        begun.push({ who: `${company} ${person}`, at: performance.now() });
        work();
        setImmediate(() => response.emit('close'));
      },
    );
    return { over, hangsUp };
  };
  return { post, begun };
}

it('a company has one at work, and rests for three times as long; others do not wait for it', async () => {
  const { post, begun } = stage();
  const all = [post('sakura', 'sato'), post('sakura', 'ito'), post('momiji', 'kimura')];
  await Promise.all(all.map(({ over }) => over));
  expect(begun.map(({ who }) => who)).toEqual(['sakura sato', 'momiji kimura', 'sakura ito']);
  expect(begun[2]!.at - begun[0]!.at).toBeGreaterThan(4 * COST_MS * 0.9);
});

it('takes turns between the people of a company, and refuses the fourth of one', async () => {
  const { post, begun } = stage();
  const first = [post('sakura', 'sato'), post('sakura', 'sato'), post('sakura', 'sato')];
  const fourth = expect(post('sakura', 'sato').over).rejects.toThrow(ServiceUnavailableException);
  const colleague = post('sakura', 'ito');
  await Promise.all([...first, colleague].map(({ over }) => over));
  await fourth;
  expect(begun.map(({ who }) => who).indexOf('sakura ito')).toBe(1);
});

it('whoever hangs up leaves the queue, without work and without a refusal', async () => {
  const { post, begun } = stage();
  const working = post('sakura', 'sato');
  const waiting = post('sakura', 'sato');
  await wait(1);
  waiting.hangsUp();
  await Promise.all([working.over, waiting.over]);
  expect(begun).toHaveLength(1);
});

async function bytesOf(stream: Readable): Promise<number> {
  let bytes = 0;
  for await (const part of stream) bytes += (part as Buffer).length;
  return bytes;
}

describe('downloads', () => {
  const PIECES = 6;
  const piece = Buffer.alloc(64 * 1024);

  class Files {
    @GivesFile()
    give(this: void): void {
      // Called by nobody: the mark counts.
    }
  }

  /** People of companies who download files; whoever makes a piece is at work. */
  function readers() {
    const heavy = new HeavyWork(new Reflector());
    const seen = { atWork: 0, most: 0, made: [] as string[] };
    const download = async (corporationId: string, accountId: string) => {
      async function* lines() {
        for (let made = 0; made < PIECES; made += 1) {
          seen.atWork += 1;
          seen.most = Math.max(seen.most, seen.atWork);
          await wait(1);
          seen.made.push(`${corporationId} ${accountId}`);
          seen.atWork -= 1;
          yield piece;
        }
      }
      const response = new EventEmitter();
      const visit = { person: { corporationId, accountId }, client: '', isGone: () => false };
      const context = {
        switchToHttp: () => ({ getRequest: () => ({ visit }), getResponse: () => response }),
        getHandler: () => Files.prototype.give,
      } as unknown as ExecutionContext;
      const handle = () => Promise.resolve(new Download(lines(), 'text/csv', 'a.csv'));
      const file = (await heavy.around(context, handle)) as StreamableFile;
      const stream = file.getStream();
      const close = () => {
        stream.destroy();
        response.emit('close');
      };
      return { stream, close };
    };
    return { download, seen };
  }

  it('are made a piece at a time, of all companies together, in turns between them', async () => {
    const { download, seen } = readers();
    const all = await Promise.all([
      ...[1, 2, 3].map(() => download('sakura', 'sato')),
      download('momiji', 'kimura'),
    ]);
    const read = await Promise.all(all.map(({ stream }) => bytesOf(stream)));
    expect(read).toEqual(all.map(() => PIECES * piece.length));
    expect(seen.most).toBe(1);
    const lastOfOther = seen.made.lastIndexOf('momiji kimura');
    expect(seen.made.slice(lastOfOther).length).toBeGreaterThan(PIECES);
  });

  it('that nobody goes on reading hold up nobody, not even of the same company', async () => {
    const { download, seen } = readers();
    const slow = await Promise.all(['sato', 'ito', 'kato'].map((who) => download('sakura', who)));
    for (const { stream } of slow) stream.read(0);
    const quick = await download('sakura', 'kimura');
    expect(await bytesOf(quick.stream)).toBe(PIECES * piece.length);
    for (const { stream, close } of slow) {
      expect(stream.readableEnded).toBe(false);
      close();
    }
    expect(seen.made.length).toBeLessThan(4 * PIECES);
  });

  it('are three at once for a person, and a fourth when one of them has ended', async () => {
    const { download } = readers();
    const three = await Promise.all([1, 2, 3].map(() => download('sakura', 'sato')));
    await expect(download('sakura', 'sato')).rejects.toThrow(ServiceUnavailableException);
    await expect(download('sakura', 'ito')).resolves.toBeDefined();
    three[0]!.close();
    await expect(download('sakura', 'sato')).resolves.toBeDefined();
  });

  it('are made no further when their reader has gone', async () => {
    const { download, seen } = readers();
    const [working, waiting] = [await download('sakura', 'sato'), await download('sakura', 'ito')];
    const read = bytesOf(working.stream);
    waiting.stream.read(0);
    waiting.close();
    await read;
    expect(seen.made).not.toContain('sakura ito');
  });
});
