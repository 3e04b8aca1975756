import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import { send } from '../../support/http.js';
import type { Application } from '../application.js';
import { startBalancer } from '../balancer.js';
import { check, type Fault } from '../fault.js';
import { SteadyPosts } from '../steady-posts.js';
import type { Stage } from '../stage.js';

const POSTS_A_SECOND = 500;

export const fault: Fault = {
  must: 'ready turns 503, the port stays open for DRAIN_SECONDS; none of 500 posts/s is dropped',
  async run(stage) {
    const instances = [await Instance.start(stage), await Instance.start(stage)] as const;
    const balancer = await startBalancer(instances.map(({ port }) => port));
    stage.atEnd(() => balancer.end());
    const posts = new SteadyPosts(balancer.port, POSTS_A_SECOND);
    const rounds = stage.quick ? 3 : 10;
    const exitCodes: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const instance of instances) await instance.hasPosts();
      exitCodes.push(await instances[round % 2]!.restart());
    }
    const rate = posts.perSecond;
    await posts.stop();
    const tally = [...posts.statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
    const seen = `${rounds} SIGTERM at ${rate} posts/s behind ${balancer.kind}, answers ${tally}`;
    check(exitCodes.join('') === '0'.repeat(rounds), `exit codes ${exitCodes.join(', ')}; ${seen}`);
    check(posts.statuses.get(303) === posts.sent, seen);
    return seen;
  },
};

/** One of several instances, which keeps its ports. */
class Instance {
  #application!: Application;

  private constructor(
    private readonly stage: Stage,
    readonly port: number,
    private readonly metricsPort: number,
  ) {}

  static async start(stage: Stage): Promise<Instance> {
    const instance = new Instance(stage, await freePort(), await freePort());
    await instance.#start();
    return instance;
  }

  /** @returns the exit code */
  async restart(): Promise<number> {
    const exitCode = await this.#application.stop();
    await this.#start();
    return exitCode;
  }

  /** Resolves when the balancer sends it posts, from now on. */
  async hasPosts(): Promise<void> {
    const before = await this.#posts();
    while ((await this.#posts()) <= before) await wait(50);
  }

  async #posts(): Promise<number> {
    const url = new URL(`http://127.0.0.1:${this.metricsPort}/metrics`);
    const { text } = await send(url, { method: 'GET', headers: {} });
    const counted = /^genkan_http_requests_total\{.*route="\/language".*\} (\d+)$/m.exec(text);
    return Number(counted?.[1] ?? 0);
  }

  async #start(): Promise<void> {
    this.#application = await this.stage.startApplication({
      PORT: String(this.port),
      METRICS_PORT: String(this.metricsPort),
      DRAIN_SECONDS: '3',
      LOG_LEVEL: 'warn',
    });
  }
}
