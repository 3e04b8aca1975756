import type { Act } from '../../audit/acts.js';
import { interruptedAct } from '../../auth/confirmation/interrupted-acts.js';
import { TOPICS } from '../../audit/words/topics.js';
import { Day } from '../../web/day.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { NamedEntry } from './named-entries.js';

/** The two ends that the desk's log can be narrowed to. */
export const ASKED_OUTCOMES = {
  done: say('完了したもの'),
  refused: say('完了しなかったもの'),
};

const OPERATOR_ROLES = { lead: say('責任者'), clerk: say('オペレーター') };
/** Acts on people of the desk. */
const ON_OPERATORS: ReadonlySet<Act> = new Set([
  'operator-creation',
  'operator-reset',
  'operator-role',
  'operator-end',
]);

/**
 * What the desk alone reads of a row: what a file was narrowed to, and on whom of the desk somebody
 * acted.
 */
export function shownToDesk({ act, facts }: NamedEntry, language: Language): string[] {
  const told = (sentence: Sentence) => translate(sentence, language);
  const confirmed = act === 'desk-confirmation' ? facts : {};
  const confirmedAct = interruptedAct(String(confirmed.path ?? ''), String(confirmed.asked ?? ''));
  const path = !confirmedAct && confirmed.path;
  const asked: NamedEntry['facts'] = act === 'log-export' ? facts : {};
  const { ofOperator, topic, outcome, since, until } = asked;
  const person: NamedEntry['facts'] = ON_OPERATORS.has(act) ? facts : {};
  const { name, loginId, role } = person;
  const details = [
    name && say('オペレーター：{name}', { name: String(name) }),
    loginId && say('ログインID：{loginId}', { loginId: String(loginId) }),
    isOf(OPERATOR_ROLES, role) && say('権限：{role}', { role: told(OPERATOR_ROLES[role]) }),
    confirmedAct && say('続ける操作：{act}', { act: told(confirmedAct) }),
    confirmed.whom && say('対象：{whom}', { whom: String(confirmed.whom) }),
    path && say('ページ：{path}', { path: String(path) }),
    ofOperator && say('オペレーター：{name}', { name: String(ofOperator) }),
    isOf(TOPICS, topic) && say('操作の種類：{topic}', { topic: told(TOPICS[topic]) }),
    isOf(ASKED_OUTCOMES, outcome) &&
      say('結果：{outcome}', { outcome: told(ASKED_OUTCOMES[outcome]) }),
    since && say('{day}から', { day: Day.written(String(since)) }),
    until && say('{end}まで', { end: Day.written(String(until)) }),
  ];
  return details.flatMap((detail) => (detail ? told(detail as Sentence) : []));
}

function isOf<T extends object>(words: T, name: unknown): name is keyof T {
  return typeof name === 'string' && Object.hasOwn(words, name);
}
