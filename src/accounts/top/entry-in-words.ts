import type { ContentEntries, ContentKind } from '../../operator-content.js';
import { say } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';

const ROLES = { administrator: say('管理者'), staff: say('担当者') };

/** An entry of the TOP page in one line: all that customers read of it, and where it leads. */
export function entryInWords(entry: ContentEntries[ContentKind], language: Language): string {
  const { roles = [], icon: _, ...texts } = { icon: undefined, ...entry };
  const readers = roles.map((role) => translate(ROLES[role], language));
  const title = 'title' in entry ? entry.title : entry.name;
  const others = Object.values(texts).filter((text) => text !== title);
  return [title, ...others, ...readers].join(' / ').replaceAll(/\s+/g, ' ');
}
