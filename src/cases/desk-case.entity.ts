import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Corporation } from '../corporations/corporation.entity.js';
import { Account } from '../identity/account.entity.js';
import { Operator } from '../identity/operator.entity.js';

/**
 * Why people of the desk are needed. `review`, `succession` and `untold` are about a case of a new
 * administrator, `lost-factor` is about a person, and the others are questions of somebody.
 */
export const CASE_KINDS = [
  'review',
  'succession',
  'untold',
  'lost-factor',
  'lock-out',
  'ip-restriction',
  'question',
] as const;

export type CaseKind = (typeof CASE_KINDS)[number];

export const DESK_CASE_STATES = ['new', 'in-work', 'waiting', 'done'] as const;

export type DeskCaseState = (typeof DESK_CASE_STATES)[number];

/**
 * An answer did not arrive, of this case or of the one before it about the same (`LostAnswers`): nobody
 * answered since, nor closed the case knowing of it.
 * @param c the name of its row
 */
export const answerIsLost = (c: string) => `exists (
  select from desk_case_entries e join mail_deliveries d on d.id = e.delivery_id
  where e.desk_case_id = ${c}.id and d.recipient <> ''
    and d.state in ('bounced', 'suppressed')
    and (${c}.closed_at is null or ${c}.closed_at <= d.finished_at)
    and not exists (select from desk_case_entries later
                    where later.desk_case_id = ${c}.id and later.kind = 'answer'
                      and later.at > d.finished_at))`;

/**
 * The first of two people of the desk spoke about it (first-words.sql).
 * @param c the name of its row
 */
export const wordWaits = (c: string) => `(${c}.state <> 'done' and first_word_waits(${c}.subject))`;

/**
 * A party spoke, and nobody of the desk did anything since.
 * @param c the name of its row
 */
export const isNewsOf = (c: string) => `(${c}.state <> 'done' and exists (
  select from desk_case_entries e
  where e.desk_case_id = ${c}.id and e.kind in ('objection', 'statement')
    and not exists (select from desk_case_entries later
                    where later.desk_case_id = ${c}.id and later.at > e.at
                      and (later.operator_id is not null or later.author <> ''))))`;

/** Open questions; a flood of them stands behind what somebody known waits for. */
const MOST_OF_STRANGERS = 10;

export const DeskCaseSchema = defineEntity({
  name: 'DeskCase',
  tableName: 'desk_cases',
  indexes: [
    { name: 'desk_cases_by_corporation', properties: ['corporation', 'openedAt'] },
    { name: 'desk_cases_of_subject', properties: ['subject', 'openedAt'] },
    { name: 'desk_cases_of_account', properties: ['account'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    /** Of an enrollment the same as its own, which the customers know. */
    caseNumber: p.text().unique(),
    kind: p.enum(CASE_KINDS),
    /** The enrollment or the account that it is about; null for questions. */
    subject: p.uuid().nullable(),
    corporation: () => p.manyToOne(Corporation).deleteRule('no action').nullable(),
    /** Whose factor is lost, or who was signed in and asked. */
    account: () => p.manyToOne(Account).deleteRule('set null').nullable(),
    state: p.enum(DESK_CASE_STATES).default('new'),
    assignee: () => p.manyToOne(Operator).deleteRule('no action').nullable(),
    dueAt: p.datetime(),
    openedAt: p.datetime().defaultRaw('genkan_now()'),
    closedAt: p.datetime().nullable(),
    /** Of the desk; null where it ended with its matter. */
    closedBy: p.text().nullable(),
    /** As it was asked; gone some time after the end, with who asked. */
    sealedQuestion: p.blob().lazy().nullable(),
    /** As typed by somebody whom no account knows; '' for everybody else. */
    askerName: p.text().default(''),
    askerCompany: p.text().default(''),
    /** Kept by the database (search-keys.sql). */
    askerCompanyKey: p.text().default(''),
    /** The same, also of an applicant whose details are sealed. */
    askerEmailKey: p.text().default(''),
    /** Of such an applicant alone. */
    askerKana: p.text().default(''),
    askerLoginKey: p.text().default(''),
    /** A question of somebody who was not signed in: nothing of who asks is proved. */
    isOfStranger: p
      .boolean()
      .formula((c) => `(${c}.subject is null and ${c}.corporation_id is null)`)
      .persist(false),
    /** The same, of more of them than one looks through before those whom somebody knows. */
    isOfCrowd: p
      .boolean()
      .formula(
        (c) => `(${c}.subject is null and ${c}.corporation_id is null
                 and (select count(*) > ${MOST_OF_STRANGERS} from (
                   select from desk_cases open where open.state <> 'done' and open.subject is null
                     and open.corporation_id is null limit ${MOST_OF_STRANGERS + 1}) asked))`,
      )
      .persist(false),
    /** Not by the end of today, in Japan. */
    isDueLater: p
      .boolean()
      .formula(
        (c) => `(${c}.due_at >= (date_trunc('day', genkan_now() at time zone 'Asia/Tokyo')
                                 + interval '1 day') at time zone 'Asia/Tokyo')`,
      )
      .persist(false),
    isWordWaiting: p
      .boolean()
      .formula((c) => wordWaits(String(c)))
      .persist(false),
    hasNews: p
      .boolean()
      .formula((c) => isNewsOf(String(c)))
      .persist(false),
    isAnswerLost: p
      .boolean()
      .formula((c) => answerIsLost(String(c)))
      .persist(false),
  },
});

/** Something that people of the desk have to do: thin, beside the thing that it is about. */
export class DeskCase extends DeskCaseSchema.class {
  declare [OptionalProps]?: 'isOpen' | 'isErased';

  get isOpen(): boolean {
    return this.state !== 'done';
  }

  /** Nothing is left of the person whom it is about; the account must be loaded. */
  get isErased(): boolean {
    return this.account?.anonymisedAt != null;
  }

  /** Somebody works on it: the one who is named, if anybody is. */
  assign(operator: Operator | null): void {
    this.assignee = operator;
    if (this.state === 'new' && operator) this.state = 'in-work';
    if (this.state === 'in-work' && !operator) this.state = 'new';
  }

  /** Whoever answers or decides works on it, unless somebody else does. */
  takeUp(operator: Operator): void {
    this.assignee ??= operator;
    if (this.state === 'new') this.state = 'in-work';
  }

  /** @param until then the desk asks again */
  waitForCustomer(until: Date): void {
    this.state = 'waiting';
    this.dueAt = until;
  }

  /** The customer spoke, or somebody of the desk goes on without. */
  goOn(dueAt: Date): void {
    this.state = this.assignee ? 'in-work' : 'new';
    this.dueAt = dueAt;
    this.closedAt = this.closedBy = null;
  }

  /** The same thing needs the desk once more. An objection weighs more than a mail that came back. */
  comeBack(kind: CaseKind, dueAt: Date): void {
    if (this.kind !== 'succession' || !this.isOpen) this.kind = kind;
    if (this.state === 'waiting' || this.state === 'done') this.goOn(dueAt);
  }

  close(now: Date, by: string): void {
    this.state = 'done';
    this.closedAt = now;
    this.closedBy = by;
  }

  /** Somebody who may object knows of it after all: it is about the registration alone. */
  endTold(now: Date): void {
    this.kind = 'succession';
    this.state = 'done';
    this.closedAt = now;
  }
}

DeskCaseSchema.setClass(DeskCase);
