import { say, type Sentence } from './sentence.js';

/** A sentence that is shown once, on the page that a redirect leads to. */
export interface Notice {
  key: string;
  kind: 'success' | 'info' | 'warning';
  sentence: Sentence;
}

const registered = new Map<string, Notice>();

/** Declares a notice beside the feature that shows it. @param key unique; the redirect carries it */
export function notice(key: string, kind: Notice['kind'], sentence: string): Notice {
  if (registered.has(key)) throw new Error(`Two notices have the key ${key}`);
  const declared = { key, kind, sentence: say(sentence) };
  registered.set(key, declared);
  return declared;
}

/** Undefined for a key that is not ours: browsers send whatever they want. */
export function noticeWithKey(key: string): Notice | undefined {
  return registered.get(key);
}
