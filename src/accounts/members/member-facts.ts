import type { Account } from '../../identity/account.entity.js';
import { ROLES } from '../../identity/role.js';

/** Who it is, as the pages about one or several people show it. */
export function memberFacts({ id, name, nameKana, shownLoginId: loginId, role }: Account) {
  return { id, name, nameKana, loginId, role: ROLES[role] };
}
