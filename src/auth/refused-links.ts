import { page, type Answer } from '../web/answers.js';
import { say } from '../web/sentence.js';
import type { TicketRefusal } from './tickets.js';

const TITLES = {
  'ticket-unknown': say('このURLはご利用いただけません'),
  'ticket-used': say('このURLはすでに使われています'),
  'ticket-expired': say('このURLは期限が切れています'),
  'ticket-replaced': say('新しいURLをお送りしています'),
};

/**
 * Why a one-time link does not work any more (410).
 * @param template the page in its chapter's words; it gets `reason`
 */
export function refusedLink(template: string, reason: TicketRefusal): Answer {
  return page(template, TITLES[reason], { reason }, { status: 410 });
}
