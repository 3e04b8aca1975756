import type { Act } from '../../audit/acts.js';
import { actTold } from '../../audit/words/factor-words.js';
import type { ActWords } from '../../audit/words/topics.js';
import { say } from '../../web/sentence.js';
import type { NamedEntry } from './named-entries.js';

/** Acts on oneself that somebody else may do. */
const ON_SOMEBODY: Partial<Record<Act, Pick<ActWords, 'done' | 'tried'>>> = {
  'second-factor-removal': {
    done: say('{subject}の2段階認証を解除しました'),
    tried: say('{subject}の2段階認証を解除しようとしました'),
  },
  'lost-factor': {
    done: say('{subject}の2段階認証の解除のお手続きを始めました'),
    tried: say('{subject}の2段階認証の解除のお手続きを始めようとしました'),
  },
};

/** Of what another person did. */
export function wordsOnSomebody(entry: NamedEntry) {
  return entry.facts.target === undefined ? undefined : ON_SOMEBODY[actTold(entry)];
}
