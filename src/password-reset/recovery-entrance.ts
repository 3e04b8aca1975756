import { Injectable } from '@nestjs/common';
import { seeOther, type Answer } from '../web/answers.js';
import { STARTED_OVER } from '../web/flows.js';
import type { Visit } from '../web/visit.js';
import { RecoveryFlow, linkRefused, type RecoveryRun } from './recovery-flow.js';
import { RecoveryLink } from './recovery-link.js';
import { RecoveryTickets, type LiveRecovery, type RecoveryState } from './recovery-tickets.js';

export type EnteredRecovery =
  | { ok: true; recovery: LiveRecovery; run: RecoveryRun | undefined }
  | { ok: false; answer: Answer };

/** The first page behind the link or the code: entered by a run of this tab, else by the link's key. */
@Injectable()
export class RecoveryEntrance {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly link: RecoveryLink,
    private readonly tickets: RecoveryTickets,
  ) {}

  /** @param recoveryId which of several links of this browser the page was opened with */
  async enter(
    flowId: unknown,
    recoveryId: string | undefined,
    visit: Visit,
  ): Promise<EnteredRecovery> {
    if (flowId !== undefined) {
      const opened = await this.flow.open('numbers', flowId, visit);
      return opened.ok ? opened : { ok: false, answer: opened.answer };
    }
    const states = await Promise.all(
      this.link.tokensOf(visit).map((token) => this.tickets.look(token)),
    );
    const isMeant = (state: RecoveryState) => state.ok && state.recovery.id === recoveryId;
    const state = states.find(isMeant) ?? states[0];
    if (!state) return { ok: false, answer: seeOther('/password-reset', STARTED_OVER) };
    if (!state.ok) return { ok: false, answer: linkRefused(state.reason) };
    return { ok: true, recovery: state.recovery, run: undefined };
  }
}
