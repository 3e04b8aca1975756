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

/** What the desk alone reads of a row: which page was refused, and what a file was narrowed to. */
export function shownToDesk({ act, facts }: NamedEntry, language: Language): string[] {
  const told = (sentence: Sentence) => translate(sentence, language);
  const path = act === 'page-access' && facts.path;
  const asked: NamedEntry['facts'] = act === 'log-export' ? facts : {};
  const { ofOperator, topic, outcome, since, until } = asked;
  const details = [
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
