import { page, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import type { LinkRefusal } from './mailed-link.entity.js';

export const LINK_TITLES = {
  'link-unknown': say('このURLはご利用いただけません'),
  'link-used': say('このURLはすでに使われています'),
  'link-expired': say('このURLは期限が切れています'),
  'link-replaced': say('新しいURLをお送りしています'),
  'corporation-closed': say('このURLは、今はご利用いただけません'),
};

/** The page of a link that does not work any more (410), with the cause, in its chapter's words. */
export function refusedLink(
  template: string,
  reason: LinkRefusal | 'corporation-closed',
  model: Record<string, unknown> = {},
): Answer {
  return page(template, LINK_TITLES[reason], { ...model, reason }, { status: 410 });
}
