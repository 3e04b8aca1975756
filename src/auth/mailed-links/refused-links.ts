import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { LinkRefusal } from './mailed-link.entity.js';

const TITLES = {
  'link-unknown': say('このURLはご利用いただけません'),
  'link-used': say('このURLはすでに使われています'),
  'link-expired': say('このURLは期限が切れています'),
  'link-replaced': say('新しいURLをお送りしています'),
};

/**
 * The page of a link that does not work any more (410), with the cause.
 * @param template the page in its chapter's words; it gets `reason`
 * @param model what else the page needs
 */
export function refusedLink(
  template: string,
  reason: LinkRefusal,
  model: Record<string, unknown> = {},
): Answer {
  return page(template, TITLES[reason], { ...model, reason }, { status: 410 });
}
