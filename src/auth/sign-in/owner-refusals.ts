import { Injectable } from '@nestjs/common';
import { seeOther, type Answer } from '../../web/answers.js';
import type { Notice } from '../../web/notices.js';
import type { Visit } from '../../web/visit.js';
import type { RefusedOwner } from './admission.js';
import { ClosedAccounts } from './closed-accounts.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';

/** Where a sign-in leads whose owner is proved and may not come in: why, and the way on. */
@Injectable()
export class OwnerRefusals {
  constructor(
    private readonly unfinished: UnfinishedSignIns,
    private readonly closedAccounts: ClosedAccounts,
  ) {}

  async answer(refused: RefusedOwner, visit: Visit, told?: Notice): Promise<Answer> {
    if ('hasCase' in refused && !refused.hasCase)
      return this.closedAccounts.leadTo(refused.accountId, visit, told);
    const flow = await this.unfinished.leave(refused.accountId, visit);
    if (refused.reason === 'address-refused')
      return seeOther(`/ip-restriction/access?flow=${flow}`, told);
    if (refused.reason === 'registration-unfinished') return seeOther('/activation', told);
    return seeOther('/admin-enrollment/case', told);
  }
}
