import { Injectable } from '@nestjs/common';
import { Witnesses } from './witnesses.js';

/** The former name of what Witnesses and CaseRules do, until the last flow asks them itself. */
@Injectable()
export class Probation {
  constructor(private readonly witnesses: Witnesses) {}

  note(actorId: string, targetId: string, _act: string): Promise<string | undefined> {
    return this.witnesses.linkFor(actorId, targetId);
  }

  async noteGrant(_actorId: string, _targetId: string): Promise<void> {}
}
