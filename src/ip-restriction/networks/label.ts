import { holdsNoLink } from '../../web/forms/contacts.js';
import { graphemesOf, isLongerThan } from '../../web/forms/graphemes.js';
import { isVisibleLine } from '../../web/forms/rules.js';
import { say, type Sentence } from '../../web/sentence.js';

const LONGEST_LABEL = 100;

/**
 * The reason why a text cannot be the label of an entry.
 * @param label trimmed
 */
export function labelProblem(label: string): Sentence | undefined {
  if (label === '') return say('メモ（どこのアドレスか）を入力してください。例：本社、大阪支店');
  if (isLongerThan(LONGEST_LABEL, label))
    return say('メモは{most}文字以内で入力してください。', { most: LONGEST_LABEL });
  if (!isVisibleLine(label))
    return say(
      'メモに、改行か見えない文字が含まれています。いったん消して、貼り付けずに入力し直してください。',
    );
  if (!holdsNoLink(label))
    return say(
      'メモにURLやメールアドレスは入れられません。「.」のあとに文字を続ける場合は、あいだに空白を入れてください。',
    );
  return undefined;
}

/** Cuts a label that was put together from several texts to 100 characters. */
export function shortened(label: string): string {
  const characters = [...graphemesOf(label)];
  if (characters.length <= LONGEST_LABEL) return label;
  return `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}
