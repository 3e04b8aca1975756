import { Injectable } from '@nestjs/common';
import { page, type Answer } from '../../web/answers.js';

type Explanation = (accountId: string) => Promise<Answer | undefined>;

/** The page for the right password of an account that was suspended or deleted. */
@Injectable()
export class ClosedAccounts {
  #explanation: Explanation = () => Promise.resolve(undefined);

  /** The feature that knows more about some of them, and which this one does not know. */
  explainBy(explanation: Explanation): void {
    this.#explanation = explanation;
  }

  async page(accountId: string): Promise<Answer> {
    const title = 'このアカウントはご利用いただけません';
    const closed = page('auth/closed', title, {}, { status: 403 });
    return (await this.#explanation(accountId)) ?? closed;
  }
}
