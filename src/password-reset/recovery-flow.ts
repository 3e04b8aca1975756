import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { LinkRefusal } from '../auth/mailed-links/mailed-link.entity.js';
import { ParkedLink } from '../auth/mailed-links/parked-link.js';
import { refusedLink } from '../auth/mailed-links/refused-links.js';
import { hashOf } from '../auth/secrets.js';
import type { ProvenCorporation } from '../corporations/judged-proof.js';
import { tables } from '../database/tables.js';
import type { Suspender } from '../identity/account-states.js';
import { seeOther, type Answer } from '../web/answers.js';
import { Flows, type FlowRun } from '../web/flows.js';
import type { FormBody } from '../web/forms/forms.js';
import { notice } from '../web/notices.js';
import { say } from '../web/sentence.js';
import { stepper, type Stepper } from '../web/stepper.js';
import type { Visit } from '../web/visit.js';
import { Recoveries } from './recoveries.js';
import type { Recovery } from './recovery.entity.js';

/** A lost answer took the new cookie along, and whoever has the former one hears no more than this. */
export const RECOVERY_STARTED_OVER = notice.info(
  say(
    '30分が過ぎたか、通信が途中で切れたか、別のお手続きから開かれたため、最初のページに戻りました。再登録まで終えていた場合は、新しいパスワードでログインできます。終えていない場合は、届いているメールのURLを、もう一度開いてください。お送りしたメールのURLは、期限まで使えます。',
  ),
);

const CHOSEN_MEANWHILE = notice.info(
  say('ページを開いたあとに変わっています。最新の内容をご確認のうえ、もう一度操作してください。'),
);

const KIND = 'recovery';

/** The wizard's knowledge so far, in the order in which it is gained. */
interface RecoveryEntries {
  recoveryId: string;
  corporateNumber: string;
  corporation: ProvenCorporation;
  accountId: string;
  /** The second factor that was given, as `missingFactor` names it. */
  provedFactor: string;
  passwordHash: string;
  /** The login ID whose password was set. */
  completed: string;
  /** Of that account, whose use is suspended; or ''. */
  suspender: Suspender | '';
}

export type RecoveryRun = FlowRun<RecoveryEntries>;

const ORDER = [
  'numbers',
  'account',
  'second-factor',
  'new-password',
  'confirmation',
  'completed',
] as const;
type RecoveryStep = (typeof ORDER)[number];

const LABELS = [say('番号の確認'), say('新しいパスワード'), say('内容の確認'), say('再登録完了')];

/** `run` is absent on the page behind the link, before its first answer. */
export type Entered =
  { ok: true; run: RecoveryRun | undefined; recovery: Recovery } | { ok: false; answer: Answer };

export type Opened =
  { ok: true; run: RecoveryRun; recovery: Recovery } | { ok: false; answer: Answer };

/** Decides which pages of a recovery a tab may see, and only while its link is alive. */
@Injectable()
export class RecoveryFlow {
  readonly link = new ParkedLink('recovery', '/password-reset/numbers');

  constructor(
    private readonly em: EntityManager,
    private readonly flows: Flows,
    private readonly recoveries: Recoveries,
  ) {}

  /** The first page: entered by a run of this tab, else by the link that the browser opened last. */
  async enter(id: unknown, visit: Visit): Promise<Entered> {
    if (id !== undefined) return this.open('numbers', id, visit);
    const token = this.link.tokenOf(visit);
    if (token === undefined)
      return { ok: false, answer: seeOther('/password-reset', RECOVERY_STARTED_OVER) };
    const opened = await this.recoveries.look(token);
    if (!opened.ok) return { ok: false, answer: linkRefused(opened.reason) };
    return { ok: true, recovery: opened.recovery, run: undefined };
  }

  begin(recovery: Recovery, visit: Visit): Promise<RecoveryRun> {
    return this.flows.begin<RecoveryEntries>(KIND, { recoveryId: recovery.link.id }, visit);
  }

  /** The run, when it may see this page; else the page to show instead. */
  async open(page: RecoveryStep, id: unknown, visit: Visit): Promise<Opened> {
    const run = await this.find(id, visit);
    if (!run) return { ok: false, answer: seeOther('/password-reset', RECOVERY_STARTED_OVER) };
    const reached = await this.stepOf(run);
    if (!maySee(reached, page)) return { ok: false, answer: seeOther(recoveryPath(reached, run)) };
    const opened = await this.recoveries.lookById(run.entries.recoveryId!);
    return opened.ok
      ? { ok: true, run, recovery: opened.recovery }
      : { ok: false, answer: linkRefused(opened.reason) };
  }

  /**
   * The same for a form. It says what its page showed: when another tab chose another account, or another
   * password to confirm, the page is drawn again and nothing is done.
   */
  async openForm(page: RecoveryStep, { flow, shown }: FormBody, visit: Visit): Promise<Opened> {
    const opened = await this.open(page, flow ?? '', visit);
    if (!opened.ok || shown === shownOn(page, opened.run)) return opened;
    return { ok: false, answer: seeOther(recoveryPath(page, opened.run), CHOSEN_MEANWHILE) };
  }

  async find(id: unknown, visit: Visit): Promise<RecoveryRun | undefined> {
    return this.flows.find<RecoveryEntries>(KIND, id, visit);
  }

  /** How far it came. A factor that changed meanwhile is asked before the new password counts. */
  async stepOf(run: RecoveryRun): Promise<RecoveryStep> {
    const { completed, corporation, accountId, passwordHash } = run.entries;
    if (completed) return 'completed';
    if (!accountId) return corporation ? 'account' : 'numbers';
    if (await this.missingFactor(run)) return 'second-factor';
    return passwordHash ? 'confirmation' : 'new-password';
  }

  /**
   * The factor of the chosen account, as it is today, that this run did not give yet. Every change of the
   * factors makes it another one: the answer may have been a code or key that its owner took out of force.
   */
  async missingFactor({ entries }: RecoveryRun): Promise<string | undefined> {
    const { accountId, provedFactor } = entries;
    if (!accountId) return undefined;
    const account = await tables(this.em)
      .selectFrom('accounts')
      .select('factor_changes as changes')
      .where('id', '=', accountId)
      .where('second_factor_since', 'is not', null)
      .executeTakeFirst();
    const factor = account && `${accountId} ${account.changes}`;
    return factor && factor !== provedFactor ? factor : undefined;
  }

  /** Holds the run while a factor is compared for it. @returns false when none is asked any more */
  async holdForFactor(run: RecoveryRun): Promise<boolean> {
    const held = await this.flows.hold(run);
    if (!held || (await this.stepOf(held)) !== 'second-factor') return false;
    return (await this.recoveries.lookById(held.entries.recoveryId!)).ok;
  }

  /** As it is by now; another request of its browser may have renewed the cookie. */
  async present(run: RecoveryRun): Promise<RecoveryRun | undefined> {
    return this.flows.hold(run);
  }

  /** Holds the run while it is completed. @returns true when it was already */
  async holdCompleted(run: RecoveryRun): Promise<boolean> {
    return Boolean((await this.flows.hold(run))?.entries.completed);
  }

  async remember(run: RecoveryRun, entries: Partial<RecoveryEntries>): Promise<void> {
    await this.flows.remember(run, entries);
    Object.assign(run.entries, entries);
  }
}

function maySee(reached: RecoveryStep, page: RecoveryStep): boolean {
  if (reached === 'completed') return page === 'completed';
  return ORDER.indexOf(page) <= ORDER.indexOf(reached);
}

/** Names what a page is about: the account, and the chosen password where that is confirmed. */
export function shownOn(page: RecoveryStep, { id, entries }: RecoveryRun): string {
  const { accountId, passwordHash } = entries;
  const chosen = page === 'confirmation' ? passwordHash : '';
  return hashOf(`${id} ${accountId} ${chosen}`).toString('base64url');
}

export function recoveryPath(step: RecoveryStep, run: RecoveryRun): string {
  return `/password-reset/${step}?flow=${run.id}`;
}

/**
 * The choice of an ID belongs to the first step, and the second factor to the one that it opens:
 * nobody sees beforehand which come.
 */
export function recoveryStepperAt(
  step: Exclude<RecoveryStep, 'account' | 'second-factor'>,
): Stepper {
  const shown = ORDER.filter((known) => known !== 'account' && known !== 'second-factor');
  return stepper(LABELS, shown.indexOf(step));
}

/** Used, expired, replaced or unknown: each in its own words, with the way to a new link. */
export function linkRefused(reason: LinkRefusal): Answer {
  return refusedLink('password-reset/link-refused', reason);
}
