import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { usableAdministrators } from '../../corporations/hold-corporation.js';
import { after, databaseNow } from '../../database/clock.js';
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
  /** It begins whoever is there, because a second factor is asked of administrators. */
  isSure: boolean;
}

export const NOTHING_WAITS: Outlook = {
  waits: false,
  isStopped: false,
  release: null,
  hours: 0,
  isSure: false,
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
    const wait = enrollment && (await this.waits.of(enrollment));
    if (!wait || outlook.isStopped) return outlook;
    const least = after(await databaseNow(this.em), wait);
    const isLonger = outlook.hours > wait.hours || (outlook.release ?? least) > least;
    return isLonger ? outlook : { ...NOTHING_WAITS, waits: true, hours: wait.hours, isSure: true };
  }

  /** As the browser that applied may know it. */
  async of(enrollment: Enrollment | undefined): Promise<Outlook> {
    if (!enrollment) return NOTHING_WAITS;
    if ((await this.entitled.waiting(enrollment)).length > 0)
      return { ...NOTHING_WAITS, waits: true, isStopped: true };
    const { releaseAt, corporation } = enrollment;
    const isAdministered = (await usableAdministrators(this.em, corporation!.id)).length > 0;
    if (!releaseAt || !isAdministered) return NOTHING_WAITS;
    if (!(await this.witnesses.isAnybodyTold(enrollment)))
      return this.ofUnknownCompany('succession');
    const isHeld = releaseAt > (await databaseNow(this.em));
    return isHeld ? { ...NOTHING_WAITS, waits: true, release: releaseAt } : NOTHING_WAITS;
  }

  /** Nobody was told, or nothing is known of the company: the hold counts from the proof on. */
  ofUnknownCompany(kind: Enrollment['kind']): Outlook {
    const hours = kind === 'succession' ? this.config.enrollmentHold / 1000 / HOUR_SECONDS : 0;
    return { ...NOTHING_WAITS, waits: hours > 0, hours };
  }
}
