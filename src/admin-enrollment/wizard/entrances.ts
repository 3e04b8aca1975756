import { say, type Sentence } from '../../web/sentence.js';

/** The doors to the same wizard: what differs is the opening page, the condition and the words. */
export interface Entrance {
  kind: 'initial';
  path: '/initiate';
  title: Sentence;
  completedTitle: Sentence;
}

export const initiate: Entrance = {
  kind: 'initial',
  path: '/initiate',
  title: say('新規登録'),
  completedTitle: say('新規登録受付完了'),
};
