import { Agent, request } from 'node:http';

const TICK_MS = 10;
/** Files that a process may open are few; a machine that is slower than that sends fewer. */
const MOST_OPEN = 200;

export interface Posted {
  path: string;
  form: Record<string, string>;
  address: string;
}

/** A cheap one: what is tested is the way to the process. */
const cheap = (sent: number): Posted => ({
  path: '/language',
  form: { language: 'en' },
  address: `198.51.${(sent >> 8) & 255}.${sent & 255}`,
});

/** So many posts a second, whether the former ones are answered or not, up to a limit. */
export class SteadyPosts {
  /** How often each status came; 0 stands for a connection without an answer. */
  readonly statuses = new Map<number, number>();
  /** How long each answer took in seconds, by its status. */
  readonly times = new Map<number, number[]>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #ticks: NodeJS.Timeout;
  readonly #began = performance.now();
  #sent = 0;
  #open = 0;

  constructor(
    private readonly port: number,
    perSecond: number,
    private readonly next: (sent: number) => Posted = cheap,
    mostOpen = MOST_OPEN,
  ) {
    this.#ticks = setInterval(() => {
      const due = ((performance.now() - this.#began) / 1000) * perSecond;
      while (this.#sent < due && this.#open < mostOpen) this.#post();
    }, TICK_MS);
  }

  /** Posts that were sent until now. */
  get sent(): number {
    return this.#sent;
  }

  get perSecond(): number {
    return Math.round((this.#sent * 1000) / (performance.now() - this.#began));
  }

  /** Waits for the answers that are under way. */
  async stop(): Promise<void> {
    clearInterval(this.#ticks);
    while (this.#open > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    this.#agent.destroy();
  }

  #post(): void {
    const { path, form, address } = this.next(this.#sent);
    const began = performance.now();
    this.#sent += 1;
    this.#open += 1;
    const outgoing = request({
      host: '127.0.0.1',
      port: this.port,
      path,
      method: 'POST',
      agent: this.#agent,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': address,
      },
    });
    const settle = (status: number) => {
      this.#open -= 1;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      const times = this.times.get(status) ?? [];
      times.push((performance.now() - began) / 1000);
      this.times.set(status, times);
    };
    outgoing.on('response', (answer) => {
      answer.resume();
      settle(answer.statusCode ?? 0);
    });
    outgoing.on('error', () => settle(0));
    outgoing.end(new URLSearchParams(form).toString());
  }
}
