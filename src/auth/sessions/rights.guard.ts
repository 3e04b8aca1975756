import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { administratorsToAsk } from '../../identity/administrators.js';
import { Config } from '../../config.js';
import { accessOf } from '../../web/access.js';
import { page, type Page } from '../../web/answers.js';
import type { FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { ShownInstead } from '../../web/shown-instead.js';
import type { VisitedRequest } from '../../web/visit.js';
import { signedInOf } from './me.js';
import { probationOf } from './probation-line.js';
import { RefusedPages } from './refused-pages.js';
import type { SignedIn } from './sessions.js';

const MOST_NAMED = 10;

/**
 * Keeps staff out of what only administrators may see and do, and newcomers whom nobody approved
 * yet out of everything that does not say it is open to them. Role and probation are today's.
 */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(
    private readonly em: EntityManager,
    private readonly config: Config,
    private readonly refused: RefusedPages,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { isForAdministrators, openToNewcomers } = accessOf(context);
    const request = context.switchToHttp().getRequest<VisitedRequest>();
    if (!isForAdministrators) return true;
    const person = signedInOf(request.visit)!;
    if (person.role !== 'administrator') {
      await this.refused.log('not-administrator', person, request);
      throw new ShownInstead(await this.#administratorsPage(person));
    }
    if (person.isNewcomer && !isOpen(openToNewcomers, request)) {
      await this.refused.log('on-probation', person, request);
      throw new ShownInstead(await this.#closedPage(person));
    }
    return true;
  }

  /** Names the company's administrators, which its own people may know. */
  async #administratorsPage({ corporationId, corporationName }: SignedIn): Promise<Page> {
    const names = await administratorsToAsk(this.em, corporationId);
    const rest = names.splice(MOST_NAMED).length;
    const model = { corporationName, names, rest };
    const title = say('管理者の方のためのページです');
    return page('auth/administrators-only', title, model, { status: 403 });
  }

  async #closedPage(person: SignedIn): Promise<Page> {
    const { corporationName } = person;
    const model = { corporationName, ...(await probationOf(this.em, person, this.config)) };
    const title = say('このページは、まだご利用いただけません');
    return page('auth/closed-to-newcomers', title, model, { status: 403 });
  }
}

function isOpen(acts: string[] | undefined, { method, body }: VisitedRequest): boolean {
  if (acts === undefined || acts.length === 0) return acts !== undefined;
  return method !== 'POST' || acts.includes((body as FormBody).act ?? '');
}
