import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { ServiceUnavailableException } from '@nestjs/common';
import type { Response } from 'express';
import { HeavyPosts } from '../../src/limits/heavy-posts.js';
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
  const posts = new HeavyPosts();
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
