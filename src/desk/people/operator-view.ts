import type { Operator } from '../../identity/operator.entity.js';
import { say } from '../../web/sentence.js';

/** One person of the desk, in the list and on the own page. */
export function operatorView(operator: Operator) {
  const { id, name, loginId, email, role, lastSignInAt } = operator;
  const isLead = role === 'lead';
  return { id, name, loginId, email, isLead, state: stateOf(operator), lastSignInAt };
}

/** As a chip shows it. */
function stateOf({ endedAt, isReady }: Operator) {
  if (endedAt) return { tone: '', text: say('利用終了') };
  return isReady
    ? { tone: 'success', text: say('利用中') }
    : { tone: 'warning', text: say('設定待ち') };
}
