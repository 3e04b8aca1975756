import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { DeskAct } from '../../admin-enrollment/desk-act.js';
import { MailedLinks } from '../../auth/mailed-links/mailed-links.js';
import { Passkeys } from '../../auth/second-factor/passkeys.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import { SecondFactors } from '../../auth/second-factor/second-factors.js';
import type { Operator } from '../../identity/operator.entity.js';
import { OperatorMails } from '../../mail/operator-mails.js';
import { DeskSessions } from '../sign-in/desk-sessions.js';
import { OperatorSignIn } from '../sign-in/operator-sign-in.entity.js';

const VALID = { days: 3 };

/** All that opens the desk to one person, in the caller's transaction. */
@Injectable()
export class OperatorAccess {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly sessions: DeskSessions,
    private readonly mails: OperatorMails,
  ) {}

  /** The newest link replaces the one before. */
  async sendLink(operator: Operator, { operator: by, isNamed = true }: DeskAct): Promise<void> {
    const link = await this.links.issue('operator-set-up', operator.id, VALID);
    await this.mails.setUp(operator, link, isNamed ? by : null);
  }

  async endAllOf(operator: string): Promise<void> {
    await this.removeFactors(operator);
    await this.links.replace('operator-set-up', operator);
    await this.endSignIns(operator);
  }

  async removeFactors(operator: string): Promise<void> {
    const owner = { operator };
    await this.factors.removeTotp(owner);
    await this.passkeys.removeAll(owner);
    await this.recoveryCodes.removeAll(owner);
  }

  /** @param exceptId the session that goes on @returns how many sessions ended */
  async endSignIns(operator: string, exceptId?: string): Promise<number> {
    await this.em.nativeDelete(OperatorSignIn, { operator });
    return this.sessions.endAllOf(operator, exceptId);
  }
}
