import { setTimeout as wait } from 'node:timers/promises';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CASE_OBSTACLES, CaseRules } from '../../../admin-enrollment/case-rules.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { tables } from '../../../database/tables.js';
import { inTransaction } from '../../../database/transaction.js';
import { emailKey } from '../../../identity/login-id.js';
import { Flows, type FlowRun } from '../../../web/flows.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { personKey } from '../invitation.entity.js';
import { Invitations, type SentToAll, type TakenRun } from '../invitations.js';
import {
  readInvitations,
  type InvitationsReading,
  type PersonOfLine,
  type WrongLine,
} from './read-invitations.js';

interface ImportEntries {
  accountId: string;
  people: PersonOfLine[];
  /** Names of columns that nobody reads. */
  ignored: string[];
  /** To how many people the invitations went; then the people are forgotten. */
  sent: number;
}

export type ImportRun = FlowRun<ImportEntries>;

type Checked = { ok: true; run: ImportRun } | (InvitationsReading & { ok: false });

const KIND = 'invitation-import';
/** Shorter than proxies wait for an answer. */
const LONGEST_WAIT_MS = 15_000;
const STEP_MS = 250;

const REPLACES = say('この方への以前の招待は使えなくなります。');

/** Many invitations: read and checked without any effect, then sent once, all of them or none. */
@Injectable()
export class InvitationImports {
  constructor(
    private readonly em: EntityManager,
    private readonly flows: Flows,
    private readonly rules: CaseRules,
    private readonly invitations: Invitations,
  ) {}

  /** What can be sent waits in this browser for 30 minutes. */
  async check(text: string, person: SignedIn): Promise<Checked> {
    const read = readInvitations(text);
    if (!read.ok) return read;
    const { people, ignored } = read;
    const wrong = await this.#ofOpenCase(people, person);
    if (wrong.length > 0) return { ok: false, reason: 'rows-refused', wrong };
    const entries = { accountId: person.accountId, people, ignored };
    return { ok: true, run: await this.flows.begin<ImportEntries>(KIND, entries, person.visit) };
  }

  async find(id: unknown, { accountId, visit }: SignedIn): Promise<ImportRun | undefined> {
    const run = await this.flows.find<ImportEntries>(KIND, id, visit);
    return run?.entries.accountId === accountId ? run : undefined;
  }

  /** What the administrator should know before, by the line that it is about. */
  async adviceFor({ entries: { people = [] } }: ImportRun, person: SignedIn) {
    const keys = people.map(({ invited }) => emailKey(invited.email));
    const [registered, open] = await Promise.all([
      this.#registered(keys, person),
      this.#invited(keys, person),
    ]);
    return new Map(
      people.map(({ line, invited }) => {
        const key = emailKey(invited.email);
        const names = registered.filter((one) => one.email_key === key).map(({ name }) => name);
        const told: Sentence[] = names.length > 0 ? [knownAs(names)] : [];
        if (open.has(personKey(invited))) told.push(REPLACES);
        return [line, told];
      }),
    );
  }

  /** While another tab sends the same, it waits for that. */
  async send(run: ImportRun, person: SignedIn): Promise<SentToAll> {
    for (let waited = 0; ; waited += STEP_MS) {
      const sent = await this.#sendUnlessInHand(run, person);
      if (sent.ok || sent.reason !== 'invitation-in-hand' || waited >= LONGEST_WAIT_MS) return sent;
      await wait(STEP_MS);
    }
  }

  async #sendUnlessInHand(run: ImportRun, person: SignedIn): Promise<SentToAll> {
    // Before anything is counted.
    const open = await inTransaction(this.em, () => this.#take(run));
    if (!open.ok) return open;
    const people = (run.entries.people ?? []).map(({ invited }) => invited);
    const sent = await this.invitations.sendAll(person, people, {
      take: () => this.#take(run),
      forget: () => this.#forget(run, people.length),
    });
    if (sent.ok || sent.reason === 'invitation-in-hand') return sent;
    // Another tab that sends them may have used up the limit.
    const meanwhile = await inTransaction(this.em, () => this.#take(run));
    return meanwhile.ok ? sent : meanwhile;
  }

  /** The request that sends the people holds their flow until all of them are sent. */
  async #take(run: ImportRun): Promise<TakenRun> {
    const held = await this.flows.holdIfFree(run);
    if (!held) return { ok: false, reason: 'invitation-in-hand' };
    if (held.entries.people === undefined) return { ok: false, reason: 'invitation-over' };
    return { ok: true, run: run.id };
  }

  async #forget(run: ImportRun, sent: number): Promise<void> {
    await this.flows.remember<ImportEntries>(run, { sent });
    await this.flows.forget<ImportEntries>(run, 'people');
  }

  async #ofOpenCase(people: PersonOfLine[], { corporationId }: SignedIn): Promise<WrongLine[]> {
    const administrators = people.filter(({ invited }) => invited.role === 'administrator');
    if (administrators.length === 0 || !(await this.rules.areGrantsResting(corporationId)))
      return [];
    const problems = [{ sentence: CASE_OBSTACLES['case-at-desk'], value: '' }];
    return administrators.map(({ line, invited: { name } }) => ({ line, name, problems }));
  }

  #registered(keys: string[], { corporationId }: SignedIn) {
    return tables(this.em)
      .selectFrom('accounts')
      .select(['email_key', 'name'])
      .where('corporation_id', '=', corporationId)
      .where('email_key', 'in', keys)
      .where('state', '<>', 'deleted')
      .orderBy('name_kana')
      .execute();
  }

  async #invited(keys: string[], { corporationId }: SignedIn): Promise<Set<string>> {
    const found = await tables(this.em)
      .selectFrom('invitations')
      .select(['email', 'name'])
      .where('corporation_id', '=', corporationId)
      .where('email_key', 'in', keys)
      .where('used_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('replaced_at', 'is', null)
      .execute();
    return new Set(found.map(personKey));
  }
}

function knownAs(names: string[]): Sentence {
  return say('このアドレスでは、{names} 様がすでに登録されています。', {
    names: names.join(' 様、'),
  });
}
