import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CaseEntry } from './case-entry.entity.js';

/** One mail of the desk, as the page of the case shows it to its reader. */
export interface CaseAnswer {
  at: Date;
  lines: string[];
}

@Injectable()
export class CaseAnswers {
  constructor(private readonly em: EntityManager) {}

  /** What the desk wrote to this very person about the case, the newest first. */
  async to(account: string, caseNumber: string): Promise<CaseAnswer[]> {
    const own = { kind: 'answer', account, deskCase: { caseNumber } } as const;
    const entries = await this.em.find(CaseEntry, own, { orderBy: { at: 'desc' } });
    return entries.map(({ at, text }) => ({ at, lines: text.split('\n') }));
  }
}
