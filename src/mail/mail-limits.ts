import { Injectable } from '@nestjs/common';
import { emailKey } from '../accounts/login-id.js';
import { Limits, type Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const COOL_DOWN = 180;

/** How much mail strangers can cause: per mailbox, existing or not, and per client. */
@Injectable()
export class MailLimits {
  constructor(private readonly limits: Limits) {}

  /** Counts a mail that somebody caused; false when it must not be sent. */
  async take(email: string, visit: Visit): Promise<boolean> {
    const taken = await this.limits.take(...limitsOf(email, visit));
    if (taken.ok) await this.limits.take(coolDownOf(email));
    return taken.ok;
  }

  /** The mailbox got no mail after all; what the client caused stays counted. */
  async giveBack(email: string, visit: Visit): Promise<void> {
    const [hour, day] = limitsOf(email, visit);
    await this.limits.giveBack(hour!, day!, coolDownOf(email));
  }

  /** Counts a mail that is asked for once more: also not within three minutes of the one before. */
  async takeAnother(
    email: string,
    visit: Visit,
  ): Promise<'mail-too-soon' | 'mail-limit' | undefined> {
    const coolDown = coolDownOf(email);
    const taken = await this.limits.take(coolDown, ...limitsOf(email, visit));
    if (taken.ok) return undefined;
    return taken.key === coolDown.key ? 'mail-too-soon' : 'mail-limit';
  }
}

function coolDownOf(email: string): Limit {
  return { key: `mail:cool-down:${emailKey(email)}`, maximum: 1, seconds: COOL_DOWN };
}

function limitsOf(email: string, { client }: Visit): Limit[] {
  return [
    { key: `mail:hour:${emailKey(email)}`, maximum: 3, seconds: HOUR },
    { key: `mail:day:${emailKey(email)}`, maximum: 10, seconds: DAY },
    { key: `mail:client:${client}`, maximum: 20, seconds: HOUR },
  ];
}
