import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Person } from '../../web/visit.js';
import { casesOf, findCase, type CaseFacts } from './case-facts.js';
import { ObjectionLinks } from './objection-links.js';

export interface CompanyCase {
  facts: CaseFacts;
  /** The person was an administrator before the newcomer, and time is left to decide. */
  mayDecide: boolean;
  objected: boolean;
}

/** The cases of a company, for its administrators. */
@Injectable()
export class Cases {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ObjectionLinks,
  ) {}

  /** Undefined for a case of another company, or one that nobody was told of: it waits, or never began. */
  async find(id: string, { accountId, corporationId }: Person): Promise<CompanyCase | undefined> {
    const facts = await findCase(this.em, 'e.id', id);
    if (facts?.corporationId !== corporationId || !facts.wasTold) return undefined;
    const link = await this.links.ofSignedIn(id, accountId);
    return {
      facts,
      mayDecide: link?.ok === true,
      objected: link?.ok === true && link.objector.objected,
    };
  }

  /** The company's newcomers, the latest first; what never began is not shown. */
  async of({ corporationId }: Person): Promise<CaseFacts[]> {
    return casesOf(this.em, corporationId);
  }
}
