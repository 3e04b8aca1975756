import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { interruptedAct } from '../../auth/confirmation/interrupted-acts.js';
import { DeskCase } from '../../cases/desk-case.entity.js';
import { Operator } from '../../identity/operator.entity.js';
import { routedPath } from '../../web/own-path.js';
import { KeptForms, RESUMED } from '../../web/requests/kept-forms.js';
import type { Sentence } from '../../web/sentence.js';
import { isUuid } from '../../web/uuid.js';
import type { Visit } from '../../web/visit.js';
import { DeskImport } from '../imports/desk-import.entity.js';

interface AskedAct {
  act: Sentence | null;
  /** To whom or what it is done; empty where the act says so. */
  whom: string;
  /** The same for the log: a customer's name, which may be erased one day, stands in no row. */
  logged: string;
}

/** What the question for the factor goes on with: which act, and on whom. */
@Injectable()
export class AskedActs {
  constructor(
    private readonly em: EntityManager,
    private readonly keptForms: KeptForms,
  ) {}

  /**
   * @param next where it goes on
   * @param deed the button that was pressed there
   */
  async of(next: string, deed: string, visit: Visit): Promise<AskedAct> {
    const path = routedPath(next);
    const act = interruptedAct(next, deed);
    const [, , part = '', id = ''] = path.split('/');
    if (part === 'cases') return { act, ...(await this.#ofCase(id.toUpperCase())) };
    const whom = await this.#ofDesk(part, id, next, visit);
    return { act, whom, logged: whom };
  }

  async #ofDesk(part: string, id: string, next: string, visit: Visit): Promise<string> {
    if (part === 'operators' && isUuid(id))
      return (await this.em.findOne(Operator, { id }))?.name ?? '';
    if (part === 'imports' && isUuid(id))
      return (await this.em.findOne(DeskImport, { id }))?.fileName ?? '';
    if (!['operators', 'applications', 'notices'].includes(part)) return '';
    const resumed = new URL(next, 'http://desk').searchParams.get(RESUMED) ?? undefined;
    const { name, title } = (await this.keptForms.find(resumed, visit))?.fields ?? {};
    return String(name ?? title ?? '');
  }

  async #ofCase(caseNumber: string): Promise<Pick<AskedAct, 'whom' | 'logged'>> {
    const populate = ['account', 'corporation'] as const;
    const found = await this.em.findOne(DeskCase, { caseNumber }, { populate });
    const { account, corporation } = found ?? {};
    const logged = [caseNumber, corporation?.name].filter(Boolean).join(' / ');
    return { whom: [logged, account?.name].filter(Boolean).join(' / '), logged };
  }
}
