import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { tables } from '../../database/tables.js';
import type { Person } from '../../web/visit.js';
import { Enrollment } from '../enrollment.entity.js';
import { findCase } from '../hold-case.js';
import { Witness } from '../witness.entity.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';

const LONGEST_LIST = 50;

export interface CompanyCase {
  enrollment: Enrollment;
  /** The person was an administrator before the newcomer, and the case can still be objected to. */
  mayDecide: boolean;
  hasObjected: boolean;
  /** What the person wrote to the desk. */
  statement: string;
}

@Injectable()
export class CompanyCases {
  constructor(
    private readonly em: EntityManager,
    private readonly entitled: EntitledWitnesses,
  ) {}

  /** Undefined for a case of another company, or one that nobody was told of: it waits, or never began. */
  async find(id: string, { accountId, corporationId }: Person): Promise<CompanyCase | undefined> {
    const enrollment = await findCase(this.em, { id });
    if (enrollment?.corporation!.id !== corporationId) return undefined;
    const asWitness = enrollment.kind === 'initial' && { account: accountId };
    if ((await this.em.count(Witness, { enrollment: id, ...asWitness })) === 0) return undefined;
    const looked = await this.entitled.ofSignedIn(id, accountId);
    return {
      enrollment,
      mayDecide: looked.ok,
      hasObjected: looked.ok && looked.witness.hasObjected,
      statement: (looked.ok && looked.witness.statement) || '',
    };
  }

  /**
   * Those that somebody was told of, the latest first; a first registration for its witnesses alone,
   * whom the desk kept out then.
   */
  async of({ corporationId, accountId }: Person): Promise<Enrollment[]> {
    const told = tables(this.em).selectFrom('witnesses').select('enrollment_id').distinct();
    const ids = await told
      .innerJoin('enrollments as e', 'e.id', 'enrollment_id')
      .where('e.corporation_id', '=', corporationId)
      .where(({ or, eb }) =>
        or([eb('e.kind', '=', 'succession'), eb('witnesses.account_id', '=', accountId)]),
      )
      .where('e.applicant_email', 'is not', null)
      .execute();
    return this.em.find(
      Enrollment,
      { id: ids.map(({ enrollment_id }) => enrollment_id) },
      { populate: ['corporation'], orderBy: { createdAt: 'desc' }, limit: LONGEST_LIST },
    );
  }
}
