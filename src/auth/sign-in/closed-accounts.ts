import { Injectable } from '@nestjs/common';
import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';

type Explanation = (accountId: string) => Promise<Answer | undefined>;

/** The page for the right password of an account that was suspended or deleted. */
@Injectable()
export class ClosedAccounts {
  #explanation: Explanation = () => Promise.resolve(undefined);

  /** The feature that knows more about some of them, and which this one does not know. */
  explainBy(explanation: Explanation): void {
    this.#explanation = explanation;
  }

  /** After the right password alone. */
  async page({ accountId, reason }: { accountId: string; reason: string }): Promise<Answer> {
    const isCompanyClosed = reason === 'corporation-closed';
    const explained = isCompanyClosed ? undefined : await this.#explanation(accountId);
    const title = say('このアカウントはご利用いただけません');
    return explained ?? page('auth/closed', title, { isCompanyClosed }, { status: 403 });
  }
}
