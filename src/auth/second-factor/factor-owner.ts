import type { Visit } from '../../web/visit.js';

/** Whose factor it is, an account's or that of somebody of the desk: the condition that finds it. */
export type FactorOwner = { account: string } | { operator: string };

/** The owner in the browser of this request. */
export type FactorVisitor = { visit: Visit; sessionId?: string } & (
  { accountId: string } | { operatorId: string }
);

export function idOfOwner(owner: FactorOwner): string {
  return 'account' in owner ? owner.account : owner.operator;
}

export function ownerOf(visitor: FactorVisitor): FactorOwner {
  return 'accountId' in visitor ? { account: visitor.accountId } : { operator: visitor.operatorId };
}
