import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import { Account } from '../identity/account.entity.js';
import { say, type Sentence } from '../web/sentence.js';
import { Enrollment, type CaseStage } from './enrollment.entity.js';
import { stageOf } from './enrollment.schema.js';

export type ActOnPerson =
  | 'deletion'
  | 'suspension'
  | 'demotion'
  | 'promotion'
  | 'change'
  | 'email-change'
  | 'sessions-end'
  | 'factor-removal'
  | 'restoration'
  | 'release'
  | 'invitation-as-administrator';

export type CaseObstacle = 'case-open' | 'case-at-desk' | 'application-running';

export const CASE_OBSTACLES: Record<CaseObstacle, Sentence> = {
  'application-running': say(
    'ご本人がまだ登録を完了していないため、変更・利用停止・削除はできません。お心当たりがない場合は、お知らせのメールまたはTOPページから異議を申し立ててください。',
  ),
  'case-open': say(
    '管理者の追加登録を確認中です。確認が終わるまで、以前からの管理者の方や、別のお手続きで登録された方の削除・利用停止・権限の変更はできません。',
  ),
  'case-at-desk': say(
    '異議申し立てがあり、担当窓口が確認しています。確認が終わるまで、この操作はできません。',
  ),
};

export function isCaseObstacle(reason: string): reason is CaseObstacle {
  return reason in CASE_OBSTACLES;
}

/** The part that the two people of an act have in a case. */
interface OpenCase {
  isAtDesk: boolean;
  /** An application whose mailbox is not proved protects no witness. */
  isProved: boolean;
  isActorNewcomer: boolean;
  isTargetNewcomer: boolean;
  /** The newcomer's application waits for its activation. */
  isTargetApplicant: boolean;
  isTargetWitness: boolean;
  isTargetParty: boolean;
  isTargetUsableAdministrator: boolean;
}

const REMOVALS: ActOnPerson[] = ['deletion', 'suspension', 'demotion'];
const CHANGES: ActOnPerson[] = ['change', 'email-change', 'sessions-end', 'factor-removal'];
/** What would change an application's terms, or end it, while it waits for its activation. */
const ALTERATIONS: ActOnPerson[] = [...REMOVALS, 'promotion', 'change', 'email-change'];
const GRANTS: ActOnPerson[] = ['promotion', 'invitation-as-administrator'];
const RETURNS: ActOnPerson[] = ['restoration', 'release'];

/** The acts that rest while a case of the company is open. Everything else goes on. */
@Injectable()
export class CaseRules {
  constructor(private readonly em: EntityManager) {}

  /**
   * Asked by each act in its transaction, after it holds the company.
   * @param targetId to whom; absent for an invitation and its acceptance
   * @returns `application-running`: the terms of an application stay as applied for, and approving,
   *   objecting and the desk alone end it; `case-open`: witnesses do not remove themselves or each
   *   other, nor do newcomers of different cases, or administrators who came since; `case-at-desk`:
   *   the parties, a person whom the desk named among them, are protected from each other, and nobody
   *   becomes an administrator; undefined when nothing stands in the way
   */
  async obstacle(
    act: ActOnPerson,
    actorId: string,
    targetId?: string,
  ): Promise<CaseObstacle | undefined> {
    const cases = await this.#openCases(actorId, targetId);
    const atDesk = cases.filter(({ isAtDesk }) => isAtDesk);
    if (atDesk.length > 0 && (await this.#restsAtDesk(act, atDesk, actorId, targetId)))
      return 'case-at-desk';
    const isApplicant = cases.some(({ isTargetApplicant }) => isTargetApplicant);
    if (isApplicant && ALTERATIONS.includes(act) && actorId !== targetId)
      return 'application-running';
    const isRemoval = REMOVALS.includes(act);
    const isProtected =
      cases.some(protectsWitness) || cases.some(removesUntold) || areOfDifferentCases(cases);
    return isRemoval && isProtected ? 'case-open' : undefined;
  }

  /**
   * Nobody comes back who is erased, so the case comes first: of its newcomer, an applicant too, whose
   * application would end in silence, and of those who may object.
   */
  async erasureObstacle(target: string): Promise<CaseObstacle | undefined> {
    const applies = { account: target, state: 'awaiting-activation' as const };
    if ((await this.em.count(Enrollment, applies)) > 0) return 'case-open';
    if (await this.#isUndecidedParty(target)) return 'case-open';
    return this.obstacle('deletion', target, target);
  }

  /** Nobody becomes an administrator of the company now, so no page offers it. */
  async areGrantsResting(corporation: string): Promise<boolean> {
    return (await this.em.count(Enrollment, { corporation, state: 'objected' })) > 0;
  }

  async #restsAtDesk(
    act: ActOnPerson,
    cases: OpenCase[],
    actorId: string,
    targetId: string | undefined,
  ): Promise<boolean> {
    if (GRANTS.includes(act)) return true;
    const isOfParty = cases.some(({ isTargetParty }) => isTargetParty);
    if (CHANGES.includes(act)) return isOfParty && actorId !== targetId;
    return isOfParty || (RETURNS.includes(act) && (await this.#isAdministrator(targetId)));
  }

  async #isAdministrator(accountId: string | undefined): Promise<boolean> {
    const administrator = { id: accountId ?? null, role: 'administrator' as const };
    return (await this.em.count(Account, administrator)) > 0;
  }

  /** A party of a case that nobody decided: also after its time, where somebody objected. */
  async #isUndecidedParty(target: string): Promise<boolean> {
    const undecided = await tables(this.em)
      .selectFrom('undecided_enrollments as u')
      .leftJoin('witnesses as w', 'w.enrollment_id', 'u.id')
      .where(({ or, eb }) => or([eb('u.account_id', '=', target), eb('w.account_id', '=', target)]))
      .select('u.id')
      .limit(1)
      .execute();
    return undecided.length > 0;
  }

  #openCases(actorId: string, targetId: string | undefined): Promise<OpenCase[]> {
    const target = sql<string>`${targetId ?? null}::uuid`;
    const isWitness = sql<boolean>`exists (
      select from witnesses w where w.enrollment_id = e.id and w.account_id = ${target})`;
    const isNewcomer = sql<boolean>`coalesce(e.account_id = ${target}, false)`;
    const isNamed = sql<boolean>`exists (
      select from appointments p where p.enrollment_id = e.id and p.account_id = ${target})`;
    return tables(this.em)
      .selectFrom('enrollments as e')
      .innerJoin('accounts as actor', 'actor.corporation_id', 'e.corporation_id')
      .where('actor.id', '=', actorId)
      .where('e.state', 'in', ['awaiting-activation', 'running', 'objected'])
      .where(sql.raw<CaseStage>(stageOf('e')), 'in', [
        'awaiting-activation',
        'held',
        'probation',
        'objected',
      ])
      .select([
        sql<boolean>`e.state = 'objected'`.as('isAtDesk'),
        sql<boolean>`e.mailbox_proved_at is not null`.as('isProved'),
        sql<boolean>`e.account_id is not distinct from actor.id`.as('isActorNewcomer'),
        isNewcomer.as('isTargetNewcomer'),
        sql<boolean>`${isNewcomer} and e.state = 'awaiting-activation'`.as('isTargetApplicant'),
        isWitness.as('isTargetWitness'),
        sql<boolean>`${isNewcomer} or ${isWitness} or ${isNamed}`.as('isTargetParty'),
        sql<boolean>`exists (select from usable_administrators u where u.id = ${target})`.as(
          'isTargetUsableAdministrator',
        ),
      ])
      .execute();
  }
}

/** Only the newcomer removes witnesses, because an objection brings them back. */
function protectsWitness({ isProved, isTargetWitness, isActorNewcomer }: OpenCase): boolean {
  return isProved && isTargetWitness && !isActorNewcomer;
}

/** Who became an administrator after the case began was told of it without any way to object. */
function removesUntold(open: OpenCase): boolean {
  return open.isActorNewcomer && open.isTargetUsableAdministrator && !open.isTargetParty;
}

/** A newcomer decides nothing about another one, whose mailbox may not even be proved. */
function areOfDifferentCases(cases: OpenCase[]): boolean {
  const isOther = ({ isTargetNewcomer, isActorNewcomer }: OpenCase) =>
    isTargetNewcomer && !isActorNewcomer;
  return cases.some(({ isActorNewcomer }) => isActorNewcomer) && cases.some(isOther);
}
