import type { FactorPolicy } from '../../corporations/factor-policy.js';
import { say, type Sentence } from '../../web/sentence.js';

/** A policy as pages and mails call it. */
export const POLICY_WORDS: Record<FactorPolicy, Sentence> = {
  nobody: say('どなたにも求めない'),
  administrators: say('管理者に求める'),
  everybody: say('全員に求める'),
};
