import { Injectable } from '@nestjs/common';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { Flows } from '../../web/flows.js';
import type { Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import { ownerRefusal } from './admission.js';
import { Candidates } from './candidates.js';

type Explanation = (accountId: string) => Promise<Answer | undefined>;

interface ClosedSignIn {
  accountId: string;
}

const KIND = 'closed-sign-in';

/** The page for the right password of an account that was suspended or deleted. */
@Injectable()
export class ClosedAccounts {
  #explanation: Explanation = () => Promise.resolve(undefined);

  constructor(
    private readonly flows: Flows,
    private readonly candidates: Candidates,
  ) {}

  /** The feature that knows more about some of them, and which this one does not know. */
  explainBy(explanation: Explanation): void {
    this.#explanation = explanation;
  }

  /** To a page of its own, which stays when it is loaded again or in the other language. */
  async leadTo(accountId: string, visit: Visit, told?: Notice): Promise<Answer> {
    const { id } = await this.flows.begin<ClosedSignIn>(KIND, { accountId }, visit);
    return seeOther(`/login/closed?flow=${id}`, told);
  }

  /** After the right password alone, in the browser that gave it within the last 30 minutes. */
  async page(flowId: unknown, visit: Visit): Promise<Answer> {
    const flow = await this.flows.find<ClosedSignIn>(KIND, flowId, visit);
    const accountId = flow?.entries.accountId;
    const account = accountId ? await this.candidates.findAgain(accountId, visit) : undefined;
    const refused = account ? ownerRefusal(account, { anywhere: true }) : undefined;
    // Somebody let the person in meanwhile.
    if (!refused || !('hasCase' in refused) || refused.hasCase) return seeOther('/login');
    visit.refusal = refused;
    const isCompanyClosed = refused.reason === 'corporation-closed';
    const explained = isCompanyClosed ? undefined : await this.#explanation(refused.accountId);
    const isDeleted = refused.reason === 'account-deleted';
    const isFrozen = !isDeleted && account!.frozenByDesk;
    const closure = { isCompanyClosed, isDeleted, isFrozen };
    const title = say('このアカウントはご利用いただけません');
    return explained ?? page('auth/closed', title, closure, { status: 403 });
  }
}
