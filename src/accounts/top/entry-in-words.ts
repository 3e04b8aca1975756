import { ROLES } from '../../identity/role.js';
import {
  ICONS,
  type ApplicationTile,
  type ContentEntries,
  type ContentKind,
  type OperatorNotice,
} from '../../operator-content.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';

export const ICON_WORDS: Record<(typeof ICONS)[number], Sentence> = {
  document: say('書類'),
  invoice: say('請求書'),
  building: say('建物'),
  chart: say('グラフ'),
  link: say('ほかのページ'),
};

/** By what a lead did, as the log has it; `file` for all entries. */
const CHANGES: Record<string, Sentence> = {
  added: say('「{name}」を追加'),
  changed: say('「{name}」を変更'),
  moved: say('「{name}」の順番を変更'),
  ended: say('「{name}」の掲載を終了'),
  file: say('設定ファイルの内容に戻す'),
};

/** What was done to which entry of the TOP page. */
export function changeInWords({ change, entry = '' }: Record<string, unknown>): Sentence {
  const { text } = CHANGES[String(change)] ?? say('「{name}」');
  return { text, values: { name: String(entry) } };
}

/**
 * An entry of the TOP page in one line: all that customers see of it, and where it leads, each part in
 * its place whoever wrote it.
 */
export function entryInWords(entry: ContentEntries[ContentKind], language: Language): string {
  const { title, titleEn, name, nameEn, text, textEn, from, until, url, icon, roles }: AnyEntry =
    entry;
  const isNotice = title !== undefined;
  const parts = [
    title ?? name,
    titleEn && say('英語の見出し：{text}', { text: titleEn }),
    nameEn && say('英語の名前：{text}', { text: nameEn }),
    text,
    textEn && isNotice && say('英語の本文：{text}', { text: textEn }),
    textEn && !isNotice && say('英語の説明：{text}', { text: textEn }),
    from && say('{day}から', { day: from }),
    until && say('{day}まで', { day: until }),
    url,
    !isNotice && say('アイコン：{icon}', { icon: translate(ICON_WORDS[icon ?? 'link'], language) }),
    ...(roles ?? []).map((role) => ROLES[role]),
  ];
  return parts
    .flatMap((part) => (typeof part === 'object' ? translate(part, language) : part || []))
    .join(' / ')
    .replaceAll(/\s+/g, ' ');
}

type AnyEntry = Partial<ApplicationTile & OperatorNotice>;
