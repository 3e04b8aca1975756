import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Outcome } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Visit } from '../../web/visit.js';
import type { CaseFacts } from './case-facts.js';
import { Freeze } from './freeze.js';
import { ObjectionLinks, type ObjectionLinkState, type Objector } from './objection-links.js';
import { ObjectionNews } from './objection-news.js';

export type Objected =
  /** `frozen`: the newcomer can do nothing any more; otherwise only the desk was told. */
  { ok: true; facts: CaseFacts; frozen: boolean } | Refused;

type Refused = Extract<ObjectionLinkState, { ok: false }>;

/**
 * An administrator who was there before objects to a newcomer. It never decides by itself, because
 * the objector may be the one who left: the newcomer is frozen, and the desk hears both sides.
 */
@Injectable()
export class Objections {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ObjectionLinks,
    private readonly freeze: Freeze,
    private readonly news: ObjectionNews,
    private readonly audit: Audit,
  ) {}

  /** By the link of a mail. Objecting again, or after somebody else did, changes nothing more. */
  async byLink(token: string | undefined, statement: string, visit: Visit): Promise<Objected> {
    return inTransaction<Objected>(this.em, async () => {
      const before = await this.links.look(token);
      if (before.ok) await holdCorporation(this.em, before.facts.corporationId);
      const link = await this.links.look(token);
      if (link.ok) return this.#object(link.objector, link.facts, statement, visit);
      const corporationId = before.ok ? before.facts.corporationId : undefined;
      return this.#refuse(link, { corporationId, visit });
    });
  }

  /**
   * By an administrator who is signed in and was there before.
   * @returns undefined for everybody else
   */
  async bySignedIn(
    caseId: string,
    person: { accountId: string; corporationId: string },
    statement: string,
    visit: Visit,
  ): Promise<Objected | undefined> {
    const { accountId, corporationId } = person;
    return inTransaction(this.em, async () => {
      await holdCorporation(this.em, corporationId);
      const link = await this.links.ofSignedIn(caseId, accountId);
      if (link?.ok) return this.#object(link.objector, link.facts, statement, visit);
      return this.#refuse(link, { accountId, corporationId, visit });
    });
  }

  async #refuse<R extends Refused | undefined>(
    link: R,
    who: Pick<Outcome, 'accountId' | 'corporationId' | 'visit'>,
  ): Promise<R> {
    await this.audit.record({ act: 'objection', reason: link?.reason ?? 'not-entitled', ...who });
    return link;
  }

  async #object(
    objector: Objector,
    facts: CaseFacts,
    statement: string,
    visit: Visit,
  ): Promise<Objected> {
    const isFrozenAlready = facts.stage === 'objected';
    if (objector.objected) return { ok: true, facts, frozen: isFrozenAlready };
    const frozen = isFrozenAlready || (await this.#tryToFreeze(objector, facts));
    await sql(
      this.em,
      'update objections set objected_at = genkan_now(), statement = $2 where id = $1',
      [objector.objectionId, statement],
    );
    await this.news.tell(facts, objector, statement, { frozen, first: !isFrozenAlready });
    const reason = isFrozenAlready ? 'case-objected' : frozen ? 'done' : 'desk-decides';
    await this.#log(reason, objector, facts, visit);
    return { ok: true, facts, frozen };
  }

  /**
   * After the probation, or for somebody who is no administrator any more by another one's act, or
   * where nobody else could sign in, only the desk is told.
   */
  async #tryToFreeze({ accountId }: Objector, facts: CaseFacts): Promise<boolean> {
    if (facts.stage === 'completed') return false;
    if (!(await this.#isEntitled(accountId, facts))) return false;
    return this.freeze.newcomer(facts);
  }

  async #isEntitled(accountId: string, { id, corporationId }: CaseFacts): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      `select from usable_administrators where id = $1 and corporation_id = $2
       union all
       select from probation_acts where target_id = $1 and enrollment_id = $3
         and act in ('deletion', 'demotion', 'suspension') limit 1`,
      [accountId, corporationId, id],
    );
    return found !== undefined;
  }

  #log(reason: Reason, { accountId }: Objector, facts: CaseFacts, visit: Visit): Promise<void> {
    const { corporationId, caseNumber } = facts;
    const entry = { act: 'objection', reason, corporationId, accountId, visit } as const;
    return this.audit.record({ ...entry, facts: { caseNumber } });
  }
}
