import type { Operator } from '../../identity/operator.entity.js';
import { say, type Sentence } from '../../web/sentence.js';

/** As a chip shows it. */
export function operatorState({ endedAt, isReady }: Operator): { tone: string; text: Sentence } {
  if (endedAt) return { tone: '', text: say('利用終了') };
  return isReady
    ? { tone: 'success', text: say('利用中') }
    : { tone: 'warning', text: say('設定待ち') };
}
