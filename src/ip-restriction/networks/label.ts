import { graphemes } from '../../web/forms/fields.js';
import { holdsNoLink } from '../../web/forms/contacts.js';
import { isVisibleLine } from '../../web/forms/rules.js';
import { say, type Sentence } from '../../web/sentence.js';

export const LONGEST_LABEL = 100;

/** UTF-16 units that one visible character may take; a cheap check before characters are counted. */
const UNITS = 8;

/**
 * The reason why a text cannot be the label of an entry.
 * @param label trimmed
 */
export function labelProblem(label: string): Sentence | undefined {
  if (label === '') return say('メモ（どこのアドレスか）を入力してください。例：本社、大阪支店');
  if (!isVisibleLine(label)) return say('メモは、改行やタブを入れずに1行で入力してください。');
  if (!holdsNoLink(label)) return say('メモに、URLやメールアドレスは入力できません。');
  if (label.length > LONGEST_LABEL * UNITS || graphemes(label) > LONGEST_LABEL)
    return say('メモは{most}文字以内で入力してください。', { most: LONGEST_LABEL });
  return undefined;
}

/** Cuts a label that was put together from several texts to 100 characters. */
export function shortened(label: string): string {
  const characters = [...new Intl.Segmenter('ja').segment(label)];
  if (characters.length <= LONGEST_LABEL) return label;
  const kept = characters.slice(0, LONGEST_LABEL - 1).map(({ segment }) => segment);
  return `${kept.join('')}…`;
}
