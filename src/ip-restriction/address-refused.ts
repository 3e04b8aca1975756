import { page, type Page } from '../web/answers.js';
import { momentInWords } from '../web/deadline.js';
import { say } from '../web/sentence.js';
import type { Person, Visit } from '../web/visit.js';

/** 「アクセス制限エラー」: why somebody whose password was right does not get in from where they are. */
export function addressRefused(role: Person['role'], visit: Visit): Page {
  const { address, requestId, language } = visit;
  const model = {
    administrator: role === 'administrator',
    address,
    requestId,
    time: momentInWords(new Date(), language),
  };
  return page('ip-restriction/refused', say('アクセス制限エラー'), model, { status: 403 });
}
