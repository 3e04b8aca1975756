import { say } from '../../web/sentence.js';
import type { Act } from '../acts.js';
import { COMPANY_WORDS } from './company-words.js';
import { DESK_WORDS } from './desk-words.js';
import { FACTOR_WORDS } from './factor-words.js';
import { PEOPLE_WORDS } from './people-words.js';
import { SERVICE_WORDS } from './service-words.js';
import type { ActWords, LogTopic } from './topics.js';

/** What was done, of every act. An act without words does not compile. */
export const ACT_WORDS: Record<Act, ActWords> = {
  ...PEOPLE_WORDS,
  ...FACTOR_WORDS,
  ...COMPANY_WORDS,
  ...DESK_WORDS,
  ...SERVICE_WORDS,
};

export function actsAbout(topic: LogTopic): Act[] {
  return (Object.keys(ACT_WORDS) as Act[]).filter((act) => ACT_WORDS[act].topic === topic);
}

const OF_NEWER_VERSION: ActWords = {
  topic: 'service',
  done: say('新しいバージョンで加わった操作をしました'),
  tried: say('新しいバージョンで加わった操作をしようとしました'),
};

/** While two versions run side by side, and after a step back, rows have acts that only the other one knows. */
export function wordsOfAct(act: string): ActWords {
  return (ACT_WORDS as Partial<Record<string, ActWords>>)[act] ?? OF_NEWER_VERSION;
}
