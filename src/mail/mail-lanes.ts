import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { SECOND_MS } from '../durations.js';
import { Jobs } from '../jobs/jobs.js';
import { MailDeliveries } from './mail-deliveries.js';
import { MAIL_PRIORITY } from './mail-priority.js';
import { MAIL_CHANNEL } from './mail-queue.js';
import { RelayState } from './relay-state.js';
import { WaitingMails, type MailInHand } from './waiting-mails.js';

/** A mail whose announcement was missed, or whose time has come, waits so long at most. */
const LOOK_EVERY_MS = 2 * SECOND_MS;
const STOP_WITHIN_MS = 5 * SECOND_MS;

/** 0.2.0 adds these jobs beside this version: the mails that they are about lie in the table. */
const JOBS_OF_0_2_0 = ['deliver-mail', 'pick-up-lost-mail'];

/**
 * So many mails are handed over at once. One lane is kept for mails that people wait for, and while
 * the mail server is away only the last lane tries.
 */
@Injectable()
export class MailLanes implements OnModuleInit, OnModuleDestroy {
  readonly #log = new Logger(MailLanes.name);
  readonly #sleeping = new Map<number, () => void>();
  readonly #stop = new AbortController();
  #isStopping = false;
  #lanes: Promise<void>[] = [];

  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly relay: RelayState,
    private readonly waiting: WaitingMails,
    private readonly deliveries: MailDeliveries,
  ) {}

  onModuleInit(): void {
    this.jobs.listen(MAIL_CHANNEL, (word) => {
      if (word === 'retry') this.relay.forget();
      this.#wakeOne();
    });
    for (const job of JOBS_OF_0_2_0) this.jobs.register(job, async () => this.#wakeOne());
  }

  start(): void {
    this.#lanes = Array.from({ length: this.config.mailConcurrency }, (_, lane) => this.#run(lane));
  }

  /** Before the connections to the mail server are closed. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    for (const wake of this.#sleeping.values()) wake();
    const timer = setTimeout(() => this.#stop.abort(), STOP_WITHIN_MS);
    await Promise.all(this.#lanes);
    clearTimeout(timer);
  }

  async #run(lane: number): Promise<void> {
    while (!this.#isStopping) {
      const pause = this.#pauseOf(lane);
      const isIdle = pause > 0 || !(await inUnitOfWork(() => this.#deliverNext(lane)));
      if (isIdle && !this.#isStopping) await this.#sleep(lane, pause || LOOK_EVERY_MS);
    }
  }

  #pauseOf(lane: number): number {
    if (!this.relay.isAway) return 0;
    const isLast = lane === this.config.mailConcurrency - 1;
    return isLast ? this.relay.pauseAt(performance.now()) : LOOK_EVERY_MS;
  }

  /** @returns false when there was nothing to do */
  async #deliverNext(lane: number): Promise<boolean> {
    try {
      const mail = await this.#next(lane);
      if (!mail) return false;
      this.#wakeOne();
      await this.deliveries.deliver(mail, this.#stop.signal);
      return true;
    } catch (error) {
      this.#log.warn(`mails wait for the database: ${(error as Error).message}`);
      return false;
    }
  }

  async #next(lane: number): Promise<MailInHand | undefined> {
    if (this.relay.isAway) return this.waiting.takeProbe();
    const isKept = lane === 0 && this.config.mailConcurrency > 1;
    const lowest = isKept ? MAIL_PRIORITY.code : MAIL_PRIORITY.reminder;
    return this.waiting.takeNext(lowest, this.relay.mayRetryAt(performance.now()));
  }

  /** The last lane first: the lane of codes only when all others are busy. */
  #wakeOne(): void {
    this.#sleeping.get(Math.max(...this.#sleeping.keys()))?.();
  }

  async #sleep(lane: number, milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleeping.delete(lane);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#sleeping.set(lane, wake);
    });
  }
}
