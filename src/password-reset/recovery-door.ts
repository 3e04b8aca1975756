import { Injectable } from '@nestjs/common';
import { seeOther, type Answer } from '../web/answers.js';
import type { Visit } from '../web/visit.js';
import { RecoveryFlow, linkRefused, type RecoveryRun } from './recovery-flow.js';
import { RecoveryLink } from './recovery-link.js';
import { RecoveryTickets, type LiveRecovery } from './recovery-tickets.js';

export type Entered =
  | { ok: true; recovery: LiveRecovery; run: RecoveryRun | undefined }
  | { ok: false; answer: Answer };

/** The first page behind the link or the code: entered by a run of this tab, else by the link's key. */
@Injectable()
export class RecoveryDoor {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly link: RecoveryLink,
    private readonly tickets: RecoveryTickets,
  ) {}

  async enter(flowId: unknown, visit: Visit): Promise<Entered> {
    if (flowId !== undefined) {
      const opened = await this.flow.open('numbers', flowId, visit);
      return opened.ok ? opened : { ok: false, answer: opened.answer };
    }
    const token = this.link.tokenOf(visit);
    if (token === undefined)
      return { ok: false, answer: seeOther('/password-reset', 'start-over') };
    const state = await this.tickets.look(token);
    if (!state.ok) return { ok: false, answer: linkRefused(state.reason) };
    return { ok: true, recovery: state.recovery, run: undefined };
  }
}
