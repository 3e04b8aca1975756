import { Injectable } from '@nestjs/common';
import { refusedLink } from '../auth/refused-links.js';
import type { LinkRefusal } from '../auth/tickets.js';
import type { ProvenCorporation } from '../corporations/invoice-proof.js';
import { seeOther, type Answer } from '../web/answers.js';
import { Flows, STARTED_OVER, type FlowRun } from '../web/flows.js';
import type { Visit } from '../web/visit.js';
import { RecoveryTickets, type LiveRecovery } from './recovery-tickets.js';

const KIND = 'recovery';

/** What the wizard knows so far, in the order in which it learns it. */
export interface RecoveryEntries {
  recoveryId: string;
  corporateNumber: string;
  corporation: ProvenCorporation;
  accountId: string;
  passwordHash: string;
  /** The login ID whose password was set. */
  completed: string;
}

export type RecoveryRun = FlowRun<RecoveryEntries>;
export type RecoveryStep = 'numbers' | 'account' | 'new-password' | 'confirmation' | 'completed';

export type Opened =
  { ok: true; run: RecoveryRun; recovery: LiveRecovery } | { ok: false; answer: Answer };

/** One recovery in one tab: which of its pages may be seen, and only while its link is alive. */
@Injectable()
export class RecoveryFlow {
  constructor(
    private readonly flows: Flows,
    private readonly tickets: RecoveryTickets,
  ) {}

  begin(recovery: LiveRecovery, visit: Visit): Promise<RecoveryRun> {
    return this.flows.begin<RecoveryEntries>(KIND, { recoveryId: recovery.id }, visit);
  }

  /** The run of the tab, when it may see this page; else the page to show instead. */
  async open(page: RecoveryStep, id: unknown, visit: Visit): Promise<Opened> {
    const run = await this.find(id, visit);
    if (!run) return { ok: false, answer: seeOther('/password-reset', STARTED_OVER) };
    if (!maySee(run, page))
      return { ok: false, answer: seeOther(recoveryPath(recoveryStepOf(run), run)) };
    const state = await this.tickets.lookById(run.entries.recoveryId!);
    return state.ok
      ? { ok: true, run, recovery: state.recovery }
      : { ok: false, answer: linkRefused(state.reason) };
  }

  async find(id: unknown, visit: Visit): Promise<RecoveryRun | undefined> {
    return this.flows.find<RecoveryEntries>(KIND, id, visit);
  }

  async remember(run: RecoveryRun, entries: Partial<RecoveryEntries>): Promise<void> {
    await this.flows.remember(run, entries);
    Object.assign(run.entries, entries);
  }
}

/** The page that the run stands at. */
export function recoveryStepOf({ entries }: RecoveryRun): RecoveryStep {
  if (entries.completed) return 'completed';
  if (entries.passwordHash) return 'confirmation';
  if (entries.accountId) return 'new-password';
  return entries.corporation ? 'account' : 'numbers';
}

const ORDER: RecoveryStep[] = ['numbers', 'account', 'new-password', 'confirmation', 'completed'];

function maySee(run: RecoveryRun, page: RecoveryStep): boolean {
  const reached = recoveryStepOf(run);
  if (reached === 'completed') return page === 'completed';
  return ORDER.indexOf(page) <= ORDER.indexOf(reached);
}

export function recoveryPath(step: RecoveryStep, run: RecoveryRun): string {
  return `/password-reset/${step}?flow=${run.id}`;
}

/** Used, expired, replaced or unknown: each in its own words, with the way to a new link. */
export function linkRefused(reason: LinkRefusal): Answer {
  return refusedLink('password-reset/link-refused', reason);
}
