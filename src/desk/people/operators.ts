import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { authorOf, type DeskAct } from '../../admin-enrollment/desk-act.js';
import { Audit, type Settled } from '../../audit/audit.js';
import type { Act } from '../../audit/acts.js';
import { DeskCases } from '../../cases/desk-cases.js';
import { lockNumber } from '../../database/advisory-locks.js';
import { databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { loginIdKey } from '../../identity/login-id.js';
import { isSameMailbox } from '../../identity/same-mailbox.js';
import { isSameOperator } from '../../identity/operator-name.js';
import { Operator, type OperatorRole } from '../../identity/operator.entity.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { OperatorMails, type OperatorChange } from '../../mail/operator-mails.js';
import { FirstWords } from './first-words.js';
import { OperatorAccess } from './operator-access.js';

export type NewOperator = Pick<Operator, 'loginId' | 'name' | 'email' | 'role'>;

export type CreationRefusal = 'login-id-taken' | 'name-taken' | 'mailbox-taken' | 'not-entitled';
export type OperatorRefusal =
  'account-unknown' | 'not-entitled' | 'same-operator' | 'state-changed' | 'last-lead';

type Refusal = OperatorRefusal | undefined;

/** The people of the desk. All of them are held for each act, so that there is always a lead left. */
@Injectable()
export class Operators {
  constructor(
    private readonly em: EntityManager,
    private readonly access: OperatorAccess,
    private readonly mails: OperatorMails,
    private readonly cases: DeskCases,
    private readonly words: FirstWords,
    private readonly audit: Audit,
  ) {}

  /**
   * The name of the desk, as it was created; any name as long as nobody was. Undefined for others, and
   * for those who cannot sign in: they did not decide anything.
   */
  async nameOf(typed: string): Promise<string | undefined> {
    const operators = await this.em.find(Operator, {});
    if (operators.length === 0) return typed;
    return operators.find(({ name, isReady }) => isReady && isSameOperator(name, typed))?.name;
  }

  /** Those who left stand at the end. */
  async all(): Promise<Operator[]> {
    return this.em.find(
      Operator,
      {},
      { orderBy: [{ endedAt: 'desc nulls first' }, { createdAt: 'asc' }], refresh: true },
    );
  }

  async of(id: string): Promise<Operator | null> {
    return this.em.findOne(Operator, { id }, { refresh: true });
  }

  /** A mail leads the new one to the choice of a password and the set-up of a second factor. */
  async create(given: NewOperator, by: DeskAct): Promise<Settled<CreationRefusal>> {
    const { loginId, name, email, role } = given;
    const facts = { loginId, name, role, ...authorOf(by) };
    return inTransaction<Settled<CreationRefusal>>(this.em, async () => {
      const everybody = await this.#holdAll();
      const refusal = creationRefusal(everybody, given, by);
      if (refusal) return this.audit.refuse('operator-creation', refusal, by, facts);
      const named = { loginId, loginIdKey: loginIdKey(loginId), name, role, letInBy: [] };
      const operator = this.em.create(Operator, { ...named, email });
      operator.letIn(authorsName(by));
      await this.em.flush();
      await this.access.sendLink(operator, by);
      await this.#tell(everybody, operator, by, 'added');
      return this.audit.done('operator-creation', by, facts);
    });
  }

  /** A lost password or factor: a new link sets both, and nothing old opens the desk any more. */
  reset(id: string, by: DeskAct): Promise<Settled<OperatorRefusal>> {
    return this.#act('operator-reset', id, by, async (operator) => {
      operator.reset();
      operator.letIn(authorsName(by));
      await this.access.endAllOf(operator.id);
      await this.words.forgetThoseOf(operator.name, 'operator-reset', by);
      await this.access.sendLink(operator, by);
      return undefined;
    });
  }

  end(id: string, by: DeskAct): Promise<Settled<OperatorRefusal>> {
    return this.#act('operator-end', id, by, async (operator, everybody) => {
      if (operator.role === 'lead' && !hasOtherLead(everybody, operator)) return 'last-lead';
      operator.end(await databaseNow(this.em));
      await this.access.endAllOf(operator.id);
      await this.cases.takeAwayFrom(operator.id);
      await this.words.forgetThoseOf(operator.name, 'operator-left', by);
      return undefined;
    });
  }

  changeRole(id: string, role: OperatorRole, by: DeskAct): Promise<Settled<OperatorRefusal>> {
    return this.#act('operator-role', id, by, async (operator, everybody) => {
      if (operator.role === role) return 'state-changed';
      if (role === 'clerk' && !hasOtherLead(everybody, operator)) return 'last-lead';
      if (role === 'lead') {
        operator.makeLead(await databaseNow(this.em));
        operator.letIn(authorsName(by));
      } else operator.role = role;
      return undefined;
    });
  }

  async #act(
    act: OperatorAct,
    id: string,
    by: DeskAct,
    work: (operator: Operator, everybody: Operator[]) => Promise<Refusal>,
  ): Promise<Settled<OperatorRefusal>> {
    return inTransaction<Settled<OperatorRefusal>>(this.em, async () => {
      const everybody = await this.#holdAll();
      const operator = everybody.find((one) => one.id === id);
      if (!operator) return this.audit.refuse(act, 'account-unknown', by, authorOf(by));
      const refusal = obstacle(everybody, operator, by) ?? (await work(operator, everybody));
      if (!refusal) await this.#tell(everybody, operator, by, TOLD[act] ?? operator.role);
      const { loginId, name, role } = operator;
      const facts = { loginId, name, role, ...authorOf(by) };
      return this.audit.settle(act, refusal, by, facts);
    });
  }

  /** By one lock, and in one order: nobody waits in a circle, or adds a name that is being added. */
  async #holdAll(): Promise<Operator[]> {
    await sql`select pg_advisory_xact_lock(${lockNumber('operators')})`.execute(tables(this.em));
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    return this.em.find(Operator, {}, { orderBy: { id: 'asc' }, ...held });
  }

  /**
   * What is done to the people of the desk, all of it hear of, with its mailbox: colleagues may be
   * invented, also in the session that somebody left open. Whoever is ended, or has another role, hears of it; a new link tells its reader itself.
   */
  async #tell(everybody: Operator[], about: Operator, by: DeskAct, deed: OperatorChange['deed']) {
    const time = await databaseNow(this.em);
    const { name: person, loginId, role, email } = about;
    const whom = { person, loginId, isNowLead: role === 'lead', address: maskedEmail(email) };
    const facts = { ...whom, by: by.operator, why: by.why, deed, time };
    const hears = (one: Operator) =>
      one === about ? deed !== 'added' && deed !== 'reset' : !one.endedAt;
    for (const one of everybody.filter(hears)) await this.mails.operatorChanged(one, facts);
    await this.mails.operatorChangedForDesk(facts);
  }
}

type OperatorAct = Extract<Act, 'operator-reset' | 'operator-end' | 'operator-role'>;

/** The role tells what became of it. */
const TOLD = { 'operator-reset': 'reset', 'operator-end': 'ended', 'operator-role': null } as const;

/** Null for the user of the machine. */
function authorsName({ operator, isNamed = true }: DeskAct): string | null {
  return isNamed ? operator : null;
}

function isLead({ role, endedAt }: Operator): boolean {
  return role === 'lead' && !endedAt;
}

/** Somebody else who can sign in and look after the others. */
function hasOtherLead(everybody: Operator[], operator: Operator): boolean {
  return everybody.some((one) => one !== operator && isLead(one) && one.isReady);
}

/** Whoever has a name at the desk needs to be a lead there. */
function isEntitled(everybody: Operator[], { operator }: DeskAct): boolean {
  const author = everybody.find(({ name }) => isSameOperator(name, operator));
  return !author || isLead(author);
}

function creationRefusal(
  everybody: Operator[],
  { loginId, name, email }: NewOperator,
  by: DeskAct,
): CreationRefusal | undefined {
  if (!isEntitled(everybody, by)) return 'not-entitled';
  const key = loginIdKey(loginId);
  if (everybody.some(({ loginIdKey: other }) => other === key)) return 'login-id-taken';
  if (everybody.some((one) => isSameOperator(one.name, name))) return 'name-taken';
  const isRead = everybody.some((one) => !one.endedAt && isSameMailbox(one.email, email));
  return isRead ? 'mailbox-taken' : undefined;
}

function obstacle(everybody: Operator[], operator: Operator, by: DeskAct): Refusal {
  if (!isEntitled(everybody, by)) return 'not-entitled';
  if (isSameOperator(operator.name, by.operator)) return 'same-operator';
  return operator.endedAt ? 'state-changed' : undefined;
}
