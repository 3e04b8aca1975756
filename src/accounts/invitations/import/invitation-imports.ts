import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CASE_OBSTACLES, CaseRules } from '../../../admin-enrollment/case-rules.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { databaseNow } from '../../../database/clock.js';
import { MailRuns, type RunsLeft } from '../../../mail/mail-runs.js';
import { pause } from '../../../resting.js';
import { Flows, type FlowRun, type FlowRoom } from '../../../web/flows.js';
import { Invitations, type SentToAll, type TakenRun } from '../invitations.js';
import { digestOf, ImportAdvice, type Advice } from './import-advice.js';
import {
  readInvitations,
  type InvitationsReading,
  type PersonOfLine,
  type WrongLine,
} from './read-invitations.js';

/** A list as it came. */
interface TypedList {
  people: string;
  /** Of the file that it stood in; '' when it was pasted. */
  fileName: string;
}

interface ImportEntries {
  accountId: string;
  /** What was pasted, to be corrected; a file is chosen again. */
  pasted: string;
  fileName: string;
  readAt: string;
  people: PersonOfLine[];
  /** Names of columns that nobody reads. */
  ignored: string[];
  /** To how many people the invitations went; then the people are forgotten. */
  sent: number;
}

export type ImportRun = FlowRun<ImportEntries>;

type Checked = { ok: true; run: ImportRun } | (InvitationsReading & { ok: false });

const KIND = 'invitation-import';
/** Of one administrator: several lists may wait in several tabs. */
const ROOM: FlowRoom = { most: 10, bytes: 8 * 1024 * 1024 };
/** Shorter than proxies wait for an answer. */
const LONGEST_WAIT_MS = 15_000;
const STEP_MS = 250;

/** Many invitations: read and checked without any effect, then sent once, all of them or none. */
@Injectable()
export class InvitationImports {
  constructor(
    private readonly em: EntityManager,
    private readonly flows: Flows,
    private readonly rules: CaseRules,
    private readonly invitations: Invitations,
    private readonly advice: ImportAdvice,
    private readonly runs: MailRuns,
  ) {}

  /** What can be sent waits in this browser for 30 minutes. */
  async check(typed: TypedList, person: SignedIn): Promise<Checked> {
    const read = await readInvitations(typed.people, person.visit.isGone);
    if (!read.ok) return read;
    const { people, ignored } = read;
    const wrong = await this.#ofOpenCase(people, person);
    if (wrong.length > 0) return { ok: false, reason: 'rows-refused', wrong };
    const { fileName } = typed;
    const pasted = fileName === '' ? typed.people : '';
    const readAt = (await databaseNow(this.em)).toISOString();
    const { accountId } = person;
    const entries = { accountId, people, ignored, pasted, fileName, readAt };
    const run = await this.flows.begin<ImportEntries>(KIND, entries, person.visit, accountId);
    await this.flows.endBeyond(accountId, KIND, ROOM);
    return { ok: true, run };
  }

  async find(id: unknown, { accountId, visit }: SignedIn): Promise<ImportRun | undefined> {
    const run = await this.flows.find<ImportEntries>(KIND, id, visit);
    return run?.entries.accountId === accountId ? run : undefined;
  }

  async adviceFor({ entries: { people = [] } }: ImportRun, person: SignedIn): Promise<Advice> {
    return this.advice.of(people, person);
  }

  runsLeft({ corporationId }: SignedIn): Promise<RunsLeft> {
    return this.runs.leftOf(corporationId);
  }

  /**
   * While another tab sends the same, it waits for that.
   * @param shown the digest of the advice that the page showed
   */
  async send(run: ImportRun, person: SignedIn, shown: string): Promise<SentToAll> {
    for (let waited = 0; ; waited += STEP_MS) {
      const sent = await this.#sendUnlessInHand(run, person, shown);
      if (sent.ok || sent.reason !== 'invitation-in-hand' || waited >= LONGEST_WAIT_MS) return sent;
      await pause(STEP_MS);
    }
  }

  async #sendUnlessInHand(run: ImportRun, person: SignedIn, shown: string): Promise<SentToAll> {
    // Before anything is counted; outside of a transaction it holds nothing.
    const open = await this.#take(run);
    if (!open.ok) return open;
    const people = (run.entries.people ?? []).map(({ invited }) => invited);
    const sent = await this.invitations.sendAll(person, people, {
      take: () => this.#take(run),
      isAsShown: async () => digestOf(await this.adviceFor(run, person)) === shown,
      forget: () => this.#forget(run, people.length),
    });
    if (sent.ok || sent.reason === 'invitation-in-hand') return sent;
    // Another tab that sends them may have used up the limit.
    const meanwhile = await this.#take(run);
    return meanwhile.ok ? sent : meanwhile;
  }

  /** In the transaction that sends the people: it holds their flow until all of them are sent. */
  async #take(run: ImportRun): Promise<TakenRun> {
    const held = await this.flows.holdIfFree(run);
    if (held === 'in-hand') return { ok: false, reason: 'invitation-in-hand' };
    if (held?.entries.people === undefined) return { ok: false, reason: 'invitation-over' };
    return { ok: true, run: run.id };
  }

  async #forget(run: ImportRun, sent: number): Promise<void> {
    await this.flows.remember<ImportEntries>(run, { sent });
    await this.flows.forget<ImportEntries>(run, 'people');
    await this.flows.forget<ImportEntries>(run, 'pasted');
  }

  async #ofOpenCase(people: PersonOfLine[], { corporationId }: SignedIn): Promise<WrongLine[]> {
    const administrators = people.filter(({ invited }) => invited.role === 'administrator');
    if (administrators.length === 0 || !(await this.rules.areGrantsResting(corporationId)))
      return [];
    const problems = [{ sentence: CASE_OBSTACLES['case-at-desk'], value: '' }];
    return administrators.map(({ line, invited: { name } }) => ({ line, name, problems }));
  }
}
