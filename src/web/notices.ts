import { createHash } from 'node:crypto';
import type { Sentence } from './sentence.js';

/** A sentence that is shown once, on the page that a redirect leads to. */
export interface Notice {
  /** What the redirect carries. */
  key: string;
  kind: 'success' | 'info' | 'warning';
  sentence: Sentence;
  /** The way on, or back, to the value `path` of the sentence. */
  link?: Sentence | undefined;
}

const declared = new Map<string, Notice>();

export const notice = {
  success: (sentence: Sentence, link?: Sentence) => declare('success', sentence, link),
  info: (sentence: Sentence) => declare('info', sentence),
  warning: (sentence: Sentence, link?: Sentence) => declare('warning', sentence, link),
};

function declare(kind: Notice['kind'], sentence: Sentence, link?: Sentence): Notice {
  const hash = createHash('sha256').update(`${kind} ${sentence.text}`);
  const key = hash.digest('base64url').slice(0, 12);
  const one = { key, kind, sentence, link };
  declared.set(key, one);
  return one;
}

/** The same with whom and what its sentence names, and maybe the `path` of its link. */
export function about(one: Notice, values: Record<string, string | number>): Notice {
  return { ...one, sentence: { ...one.sentence, values } };
}

/** Undefined for a key that is not ours: browsers send whatever they want. */
export function noticeWithKey(key: string): Notice | undefined {
  return declared.get(key);
}
