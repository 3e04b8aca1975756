import { ACCOUNT_STATES } from '../../../identity/account-states.js';
import { ROLES } from '../../../identity/role.js';
import { momentInWords } from '../../../web/moment-in-words.js';
import type { Language } from '../../../web/texts.js';
import type { Row } from './list-pages.js';

/** A row of the list as its template sees it. */
export function rowView(row: Row, language: Language): object {
  const { id, name, nameKana, loginId, role, state, lastSignInAt } = row;
  return {
    id,
    name,
    nameKana,
    loginId,
    role: ROLES[role],
    state: ACCOUNT_STATES[state],
    isDeleted: state === 'deleted',
    lastSignIn: lastSignInAt && momentInWords(lastSignInAt, language),
    mailTrouble: mailTrouble(row),
    path: state === 'deleted' ? `/accounts/${id}/restoration` : `/accounts/${id}`,
  };
}

/** What became of the last mail, as long as it did not arrive. */
export function mailTrouble({ mailState, mailIsOld }: Row): 'bounced' | 'deferred' | null {
  if (mailState === 'bounced') return 'bounced';
  return mailState === 'deferred' && mailIsOld ? 'deferred' : null;
}
