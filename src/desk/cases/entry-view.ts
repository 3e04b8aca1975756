import type { CaseEntry } from '../../cases/case-entry.entity.js';
import { say, type Sentence } from '../../web/sentence.js';
import { mailStateInWords } from '../diagnosis/mails-and-links.js';
import { caseStateInWords } from './case-words.js';

/** One thing that the desk did about a case. */
export function caseEntryView(entry: CaseEntry) {
  const { at, operator, kind, delivery } = entry;
  return {
    at,
    operator: operator.name,
    what: whatOf(entry),
    isNote: kind === 'note',
    lines: kind === 'assignment' || entry.text === '' ? [] : entry.text.split('\n'),
    to: delivery?.recipient ?? null,
    mail: delivery ? mailStateInWords(delivery.state) : null,
  };
}

function whatOf({ kind, text, state }: CaseEntry): Sentence {
  if (kind === 'note') return say('メモ');
  if (kind === 'answer') return say('お客様への回答');
  if (kind === 'state') return say('状態：{state}', { state: caseStateInWords(state!).text.text });
  return text === '' ? say('担当を外しました') : say('担当：{name} さん', { name: text });
}
