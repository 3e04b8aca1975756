import type { Role } from '../identity/role.js';
import { page, type Page } from '../web/answers.js';
import { newForm, type FormReading } from '../web/forms.js';
import { momentInWords } from '../web/moment-in-words.js';
import { say } from '../web/sentence.js';
import type { Visit } from '../web/visit.js';

/**
 * 「アクセス制限エラー」: why somebody whose password was right does not get in from where they are,
 * and what helps: a request for staff, a ticket and the desk for administrators.
 * @param form as it was typed, when it was refused
 * @param trialEndsAt when the list that refuses is on trial, and the reader has a session that waits
 */
export function addressRefused(
  role: Role,
  visit: Visit,
  form: FormReading = newForm(),
  trialEndsAt: Date | null = null,
): Page {
  const { address, requestId, language } = visit;
  const model = {
    form,
    administrator: role === 'administrator',
    address,
    requestId,
    trialEndsAt: trialEndsAt && momentInWords(trialEndsAt, language),
    time: momentInWords(new Date(), language),
  };
  const status = form.problems.length > 0 ? 422 : 403;
  return page('ip-restriction/refused', say('アクセス制限エラー'), model, { status });
}
