import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { isAdministered } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { HOUR_SECONDS } from '../../durations.js';
import type { Enrollment } from '../enrollment.entity.js';
import { FactorWait } from '../factor-wait.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { Witnesses } from '../witnesses.js';

/** What stands between a completed registration and the first sign-in. */
export interface Outlook {
  waits: boolean;
  /** Somebody objected, so the desk decides first. */
  isStopped: boolean;
  /** The end of the hold; null where it is not known yet or there is none. */
  release: Date | null;
  /** How long the hold is that begins with the proof of the mailbox; 0 for none. */
  hours: number;
  /** Nothing is known of the company: there is a hold if it has administrators. */
  isUnknown: boolean;
}

export const NOTHING_WAITS: Outlook = {
  waits: false,
  isStopped: false,
  release: null,
  hours: 0,
  isUnknown: false,
};

/** Tells before the button is pressed what `Activation` will do. */
@Injectable()
export class Outlooks {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly witnesses: Witnesses,
    private readonly entitled: EntitledWitnesses,
    private readonly waits: FactorWait,
  ) {}

  /** For the reader of the mailbox, who may know what the company asks of its administrators. */
  async behindLink(enrollment: Enrollment | undefined): Promise<Outlook> {
    const outlook = await this.of(enrollment);
    if (!enrollment || outlook.isStopped) return outlook;
    const rule = await this.waits.ruleOf(enrollment);
    const isHeld =
      enrollment.releaseAt != null && (await isAdministered(this.em, enrollment.corporation!.id));
    const isTold = isHeld && (await this.witnesses.isAnybodyTold(enrollment));
    const now = await databaseNow(this.em);
    const release = isTold && rule.release && rule.release > now ? rule.release : null;
    const hours = Math.max(rule.hours, isHeld && !isTold ? this.#holdHours : 0);
    return { ...outlook, waits: hours > 0 || release !== null, release, hours };
  }

  /** As the browser that applied may know it: no time, because what the company asks decides on it. */
  async of(enrollment: Enrollment | undefined): Promise<Outlook> {
    const isStopped = enrollment && (await this.entitled.waiting(enrollment)).length > 0;
    return isStopped ? { ...NOTHING_WAITS, waits: true, isStopped } : NOTHING_WAITS;
  }

  ofUnknownCompany(kind: Enrollment['kind']): Outlook {
    const isUnknown = kind === 'succession' && this.#holdHours > 0;
    return { ...NOTHING_WAITS, waits: isUnknown, isUnknown };
  }

  /** The hold counts from the proof of the mailbox on where nobody was told before. */
  get #holdHours(): number {
    return this.config.enrollmentHold / 1000 / HOUR_SECONDS;
  }
}
