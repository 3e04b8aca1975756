import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { HOUR_SECONDS } from '../durations.js';
import { Limits } from '../limits/limits.js';
import type { SignedInOperator } from './sign-in/desk-sessions.js';

/** Who of the desk looked at what of a company, for the company's own log: once an hour each. */
@Injectable()
export class DeskViews {
  constructor(
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /** @param target the account whose page it was; absent for the company's */
  async note(corporationId: string, reader: SignedInOperator, target?: string): Promise<void> {
    const key = `desk-view:${reader.operatorId}:${target ?? corporationId}`;
    const hour = { key, maximum: 1, seconds: HOUR_SECONDS };
    if (!(await this.limits.takeUnlessFault(hour)).ok) return;
    const facts = { operator: reader.name, ...(target && { target }) };
    const act = target ? 'account-view' : 'corporation-view';
    await this.audit.done(act, { corporationId, visit: reader.visit }, facts);
  }
}
